import { destroyKey, forgetPerson } from '../personal-data/forget-person.js';
import type { Projection } from './projection.js';

/** What was deleted as an object of its own, whose key goes with it: the member of its event that names it. */
const DELETED: Readonly<Record<string, string>> = { DraftDeleted: 'draft', RefundRequestDeleted: 'request' };

/**
 * Carries out every erasure that the log knows of: of persons, and of the drafts of invoices and refund requests that somebody
 * deleted. Whoever decides one does so at once; this one makes it certain: for a process that died in between, for a table of
 * keys that was restored from an older backup (a rebuild starts from the first event), and for events that something else
 * recorded.
 */
export const erasuresProjection: Projection = {
  name: 'erasures',
  types: ['PersonErased', ...Object.keys(DELETED)],
  tables: [],
  async handle(events, tx) {
    for (const { type, data } of events) {
      const named = data as Readonly<Record<string, string>>;
      const object = DELETED[type];
      if (object === undefined) await forgetPerson(named['account'] ?? '', tx);
      else await destroyKey(named[object] ?? '', tx);
    }
  },
};
