import { WorkQueue } from '#application';
import { EventStore } from '#events';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Closes what the API holds open, after the last request. */
@Injectable()
export class ApiLifecycle implements OnApplicationShutdown {
  constructor(
    private readonly store: EventStore,
    private readonly readModels: DataSource,
    private readonly queue: WorkQueue,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.queue.close();
    await this.readModels.destroy();
    await this.store.close();
  }
}
