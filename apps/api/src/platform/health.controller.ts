import { EventStore } from '#events';
import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { AllowAccess } from '../access/access.guard.js';

/** Whether the process lives, and whether it can serve (R61). */
@ApiTags('exploitation')
@AllowAccess('public')
@Controller('health')
export class HealthController {
  constructor(private readonly store: EventStore) {}

  /** The process alone: a database that is away is no reason to kill it. */
  @Get('live')
  @ApiOperation({ summary: 'Le processus vit' })
  live(): { status: 'up' } {
    return { status: 'up' };
  }

  @Get('ready')
  @ApiOperation({ summary: 'Le processus peut servir : la base répond' })
  async ready(@Res({ passthrough: true }) response: Response): Promise<{ status: 'up' | 'down' }> {
    try {
      await this.store.pool.query('SELECT 1');
      return { status: 'up' };
    } catch {
      response.status(HttpStatus.SERVICE_UNAVAILABLE).setHeader('Retry-After', '5');
      return { status: 'down' };
    }
  }
}
