import { evolveFlow, noFlow, type Flow, type FlowEvent } from '#domain';
import type { Aggregate } from '../shared/deciders.js';

/** A flow without its rejects: they say nothing of its state, and a large flow has a hundred thousand of them. */
export const flowAggregate: Aggregate<Flow, FlowEvent> = {
  initial: noFlow,
  evolve: evolveFlow,
  ignoredTypes: ['InvoiceRejected'],
};
