import { Decisions, type Caller } from '#application';
import { ServiceRow } from '#persistence';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource, MoreThan } from 'typeorm';
import type { Page } from '../lists/page.js';
import { cursorOf, keyOfCursor, TEXT } from '../lists/page-cursor.js';
import type { ServiceView } from './service-bodies.js';

/** The services of a structure, active or not, by their codes (R11). */
export class ListServices extends Query<Page<ServiceView>> {
  constructor(
    readonly caller: Caller,
    readonly structure: string,
    readonly after: string | undefined,
    readonly limit: number,
  ) {
    super();
  }
}

@QueryHandler(ListServices)
export class ListServicesHandler implements IQueryHandler<ListServices> {
  constructor(
    private readonly decisions: Decisions,
    private readonly readModels: DataSource,
  ) {}

  async execute({ caller, structure, after, limit }: ListServices): Promise<Page<ServiceView>> {
    const [start] = keyOfCursor(after, [TEXT]) ?? [];
    await this.decisions.look(caller, (session) => session.authorise('structure.read', structure));
    const services = this.readModels.getRepository(ServiceRow);
    const rows = await services.find({
      where: { structure, ...(start === undefined ? {} : { code: MoreThan(start) }) },
      order: { code: 'ASC' },
      take: limit + 1,
    });
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.map(({ code, name, active, requiresCommitmentNumber }) => ({
        code,
        name,
        active,
        commitmentNumber: requiresCommitmentNumber,
      })),
      total: await services.countBy({ structure }),
      next: last === undefined || rows.length <= limit ? null : cursorOf([last.code]),
    };
  }
}
