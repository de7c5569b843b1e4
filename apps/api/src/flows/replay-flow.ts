import { Deciders, WorkQueue } from '#application';
import { aggregates, flowStream, replayFlow } from '#domain';
import { EventStore } from '#events';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { randomUUID } from 'node:crypto';

/** Have a flow in incident taken up again, from where it stood. Refused (`FLX-003`) when it is not in incident. */
export class ReplayFlow extends Command<void> {
  constructor(
    readonly flowNumber: string,
    readonly by: string,
  ) {
    super();
  }
}

@CommandHandler(ReplayFlow)
export class ReplayFlowHandler implements ICommandHandler<ReplayFlow> {
  private readonly deciders: Deciders;

  constructor(
    store: EventStore,
    private readonly queue: WorkQueue,
  ) {
    this.deciders = new Deciders(store);
  }

  async execute({ flowNumber, by }: ReplayFlow): Promise<void> {
    const context = { commandId: randomUUID(), correlationId: flowNumber, actor: by };
    await this.deciders.decide(aggregates.flow, flowStream(flowNumber), context, (flow) => replayFlow(flow, by));
    await this.queue.hint({ step: 'ingest', flowNumber });
  }
}
