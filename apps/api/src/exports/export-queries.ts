import { Exports, type Caller, type ExportFormat, type StructuresFilter, type UsersFilter } from '#application';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

/** Export the users of the structures that the caller manages (R15). */
export class ExportUsers extends Query<AsyncIterable<Buffer>> {
  constructor(
    readonly caller: Caller,
    readonly filter: UsersFilter,
    readonly format: ExportFormat,
  ) {
    super();
  }
}

/** Export the structures that the caller manages, with their services (R15). */
export class ExportStructures extends Query<AsyncIterable<Buffer>> {
  constructor(
    readonly caller: Caller,
    readonly filter: StructuresFilter,
    readonly format: ExportFormat,
  ) {
    super();
  }
}

@QueryHandler(ExportUsers)
export class ExportUsersHandler implements IQueryHandler<ExportUsers> {
  constructor(private readonly exports: Exports) {}

  execute({ caller, filter, format }: ExportUsers): Promise<AsyncIterable<Buffer>> {
    return this.exports.users(caller, filter, format);
  }
}

@QueryHandler(ExportStructures)
export class ExportStructuresHandler implements IQueryHandler<ExportStructures> {
  constructor(private readonly exports: Exports) {}

  execute({ caller, filter, format }: ExportStructures): Promise<AsyncIterable<Buffer>> {
    return this.exports.structures(caller, filter, format);
  }
}
