import { Decisions, Erasures, provide } from '#application';
import { EventStore } from '#events';
import { Module } from '@nestjs/common';
import { EraseOneselfHandler, ErasePersonHandler } from './erase-person.js';
import { PrivacyController } from './privacy.controller.js';

/** Erasure of people. */
@Module({
  controllers: [PrivacyController],
  providers: [
    provide(
      Erasures,
      [EventStore, Decisions],
      (store: EventStore, decisions: Decisions) => new Erasures(store, decisions),
    ),
    ErasePersonHandler,
    EraseOneselfHandler,
  ],
})
export class PrivacyModule {}
