import { flowStream } from '#domain';
import type { EventStore } from '#events';
import { REJECT_TYPES } from '#persistence';
import type { RejectLine } from './reject-file.js';
import { rejectLine, type RejectData } from './reject-lines.js';

/** The rejects of one flow, in the order of the ranks, from the log: what its integration report lists (R45). */
export async function* flowRejectLines(store: EventStore, flowNumber: string): AsyncIterable<RejectLine> {
  for await (const { type, data, recordedAt } of store.readStream(flowStream(flowNumber)))
    if ((REJECT_TYPES as readonly string[]).includes(type)) yield rejectLine(data as RejectData, recordedAt);
}
