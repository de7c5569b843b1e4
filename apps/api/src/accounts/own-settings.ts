import { accountOf, Decisions } from '#application';
import { accountStream, changeContactAddress, chooseNotifications } from '#domain';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { PersonCaller } from '../access/caller.js';

/** Changes where one's notifications go (R01). */
export class ChangeContactAddress extends Command<void> {
  constructor(
    readonly caller: PersonCaller,
    readonly contactAddress: string,
  ) {
    super();
  }
}

/** Chooses whether one's notifications are sent by e-mail (R25). */
export class ChooseNotifications extends Command<void> {
  constructor(
    readonly caller: PersonCaller,
    readonly notifications: boolean,
  ) {
    super();
  }
}

@CommandHandler(ChangeContactAddress)
export class ChangeContactAddressHandler implements ICommandHandler<ChangeContactAddress> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, contactAddress }: ChangeContactAddress): Promise<void> {
    const { account } = caller;
    await this.decisions.decide(caller, async (session) =>
      session.record(accountStream(account), changeContactAddress(await accountOf(session, account), contactAddress)),
    );
  }
}

@CommandHandler(ChooseNotifications)
export class ChooseNotificationsHandler implements ICommandHandler<ChooseNotifications> {
  constructor(private readonly decisions: Decisions) {}

  async execute({ caller, notifications }: ChooseNotifications): Promise<void> {
    const { account } = caller;
    await this.decisions.decide(caller, async (session) =>
      session.record(accountStream(account), chooseNotifications(await accountOf(session, account), notifications)),
    );
  }
}
