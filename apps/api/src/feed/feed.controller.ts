import { asyncApiDocument, CONFIGURATION, StatusFeed, UnknownCursor } from '#application';
import type { Caller, Configuration } from '#application';
import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { AllowAccess } from '../access/access.guard.js';
import { bearerToken, CallerOf } from '../access/caller.js';
import { FeedPageView, FeedQuery } from './feed-bodies.js';
import { ReadFeed, startingPlace, unknownCursor } from './feed-queries.js';
import { FeedStreams } from './feed-streams.js';

const PAGE_SIZE = 100;

/** The feed of status events (R48): by pages behind a cursor, and as server-sent events. */
@ApiTags('évènements')
@Controller('api')
export class FeedController {
  constructor(
    private readonly queries: QueryBus,
    private readonly feed: StatusFeed,
    private readonly streams: FeedStreams,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  @Get('events')
  @AllowAccess('authenticated')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Lire les évènements de ses factures, derrière un curseur' })
  @ApiOkResponse({ type: FeedPageView })
  list(@Query() { after, limit }: FeedQuery, @CallerOf() caller: Caller): Promise<FeedPageView> {
    return this.queries.execute(new ReadFeed(caller, after ?? null, Number(limit ?? PAGE_SIZE)));
  }

  @Get('events/stream')
  @AllowAccess('authenticated')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Suivre les évènements de ses factures au fil de l’eau (server-sent events)' })
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Curseur du dernier évènement reçu' })
  @ApiProduces('text/event-stream')
  async stream(
    @Query() { after }: FeedQuery,
    @CallerOf() caller: Caller,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const last = request.header('last-event-id');
    const place = await startingPlace(this.feed, last !== undefined && last !== '' ? last : (after ?? null));
    try {
      await this.streams.serve(caller, bearerToken(request.header('authorization')) ?? '', place, response);
    } catch (error) {
      throw error instanceof UnknownCursor ? unknownCursor() : error;
    }
  }

  @Get('asyncapi.json')
  @AllowAccess('public')
  @ApiOperation({ summary: 'Description des évènements (AsyncAPI 3.0)' })
  asyncApi(): object {
    return asyncApiDocument(this.configuration.PORTAL_URL ?? null);
  }
}
