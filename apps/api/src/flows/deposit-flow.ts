import { Deposits, WorkQueue, type DepositReceipt, type KnownConnection } from '#application';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';

/** Deposit a flow over HTTP (R40). `bytes` is consumed once. */
export class DepositFlow extends Command<DepositReceipt> {
  constructor(
    readonly connection: KnownConnection,
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
    private readonly queue: WorkQueue,
  ) {}

  async execute({ connection, name, bytes, announcedSize, attempt }: DepositFlow): Promise<DepositReceipt> {
    const { applicationCode, structure } = connection;
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
}
