import {
  CommandRefused,
  Deposits,
  Directory,
  WorkQueue,
  type DepositReceipt,
  type CallingConnection,
} from '#application';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';

/** Deposit a flow over HTTP (R40). `bytes` is consumed once. */
export class DepositFlow extends Command<DepositReceipt> {
  constructor(
    readonly connection: CallingConnection,
    readonly name: { readonly envelope: string } | { readonly interfaceCode: string },
    readonly bytes: AsyncIterable<Buffer>,
    readonly announcedSize: number | null,
    /** UUID: trying again with the same one answers the same. */
    readonly attempt: string,
  ) {
    super();
  }
}

@CommandHandler(DepositFlow)
export class DepositFlowHandler implements ICommandHandler<DepositFlow> {
  constructor(
    private readonly deposits: Deposits,
    private readonly directory: Directory,
    private readonly queue: WorkQueue,
  ) {}

  async execute({ connection, name, bytes, announcedSize, attempt }: DepositFlow): Promise<DepositReceipt> {
    const { applicationCode, structure } = connection;
    await this.refuseForClosed(structure);
    const sender = { identifier: structure, name: connection.name };
    const receipt = await this.deposits.deposit({
      applicationCode,
      sender,
      channel: 'API',
      name,
      bytes,
      announcedSize,
      attempt,
    });
    if (receipt.findings.length === 0 && !receipt.repeated)
      await this.queue.hint({ step: 'ingest', flowNumber: receipt.flowNumber });
    return receipt;
  }

  /** Nothing new is sent by a structure that is deactivated; a connection of it still reads what became of its flows (R16). */
  private async refuseForClosed(identifier: string): Promise<void> {
    const structure = (await this.directory.structures([identifier])).get(identifier);
    if (structure?.active !== false) return;
    const { successor } = structure;
    const instead =
      successor === null ? '' : ` La structure ${successor} lui a succédé : déposez par son raccordement.`;
    throw new CommandRefused('STR-003', `La structure ${identifier} est désactivée et n’envoie plus rien.${instead}`);
  }
}
