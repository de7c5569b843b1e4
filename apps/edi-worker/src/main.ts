import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { WorkerModule } from './worker.module.js';
import { WorkerLifecycle } from './worker-lifecycle.js';

/** The worker process: picks up, ingests, delivers, closes days. Stops on SIGTERM and SIGINT when what is in hand is done. */
const app = await NestFactory.createApplicationContext(WorkerModule, {
  logger: ['error', 'warn'],
  abortOnError: false,
});
app.enableShutdownHooks();
await app.get(WorkerLifecycle).start();
