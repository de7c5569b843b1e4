import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { setFlagsFromString } from 'node:v8';
import { WorkerModule } from './worker.module.js';
import { WorkerLifecycle } from './worker-lifecycle.js';

// How far a heap may grow beyond what lived at the last marking. Left to itself V8 keeps it to some percent, and marks the whole
// heap again after every few megabytes of buffers: a tenth to a quarter of the worker's processor time (docs/benchmarks.md).
setFlagsFromString('--heap-growing-percent=75');
// When a thread begins, its young generation is small, and nearly all of the few documents that are judged together survives in
// it. In half of the processes V8 concluded that such objects live long, made them in the old generation from then on, and so
// promoted every document: the collector took three to four times as long, as long as the process ran (docs/benchmarks.md).
setFlagsFromString('--no-allocation-site-pretenuring');

/** The worker process: picks up, ingests, delivers, closes days. Stops on SIGTERM and SIGINT when what is in hand is done. */
const app = await NestFactory.createApplicationContext(WorkerModule, {
  logger: ['error', 'warn'],
  abortOnError: false,
});
app.enableShutdownHooks();
await app.get(WorkerLifecycle).start();
