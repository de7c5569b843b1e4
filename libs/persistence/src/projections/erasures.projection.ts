import { destroyKey, forgetPerson } from '../personal-data/forget-person.js';
import type { Projection } from './projection.js';

/**
 * Carries out every erasure that the log knows of: of persons, and of the drafts that somebody deleted. Whoever decides one does so at once; this one makes it certain: for a
 * process that died in between, for a table of keys that was restored from an older backup (a rebuild starts from the first
 * event), and for events that something else recorded.
 */
export const erasuresProjection: Projection = {
  name: 'erasures',
  types: ['PersonErased', 'DraftDeleted'],
  tables: [],
  async handle(events, tx) {
    for (const { type, data } of events)
      if (type === 'DraftDeleted') await destroyKey((data as { readonly draft: string }).draft, tx);
      else await forgetPerson((data as { readonly account: string }).account, tx);
  },
};
