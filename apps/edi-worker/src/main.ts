import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { setFlagsFromString } from 'node:v8';
import { WorkerModule } from './worker.module.js';
import { WorkerLifecycle } from './worker-lifecycle.js';

// How far a heap may grow beyond what lived at the last marking. Left to itself V8 keeps it to some percent, and marks the whole
// heap again after every few megabytes of buffers: a tenth to a quarter of the worker's processor time (docs/benchmarks.md).
setFlagsFromString('--heap-growing-percent=75');

/** The worker process: picks up, ingests, delivers, closes days. Stops on SIGTERM and SIGINT when what is in hand is done. */
const app = await NestFactory.createApplicationContext(WorkerModule, {
  logger: ['error', 'warn'],
  abortOnError: false,
});
app.enableShutdownHooks();
await app.get(WorkerLifecycle).start();
