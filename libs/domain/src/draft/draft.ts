import { unreachable } from '../shared/decision.js';
import type { Personal } from '../shared/personal-data.js';
import type { DraftContent } from './draft-content.js';
import type { DraftEvent, IssuedDocument } from './draft-events.js';

/** What every draft has that was ever saved. */
interface SavedDraft {
  readonly draft: string;
  /** Identifier of the structure that issues it. */
  readonly structure: string;
  /** Null once its key was destroyed. */
  readonly content: Personal<DraftContent>;
}

/** A draft that is there. */
export type ExistingDraft =
  | (SavedDraft & { readonly status: 'open' })
  /** On its way: the document is there, the flow is not recorded yet. */
  | (SavedDraft & { readonly status: 'confirmed'; readonly document: IssuedDocument })
  | (SavedDraft & { readonly status: 'sent'; readonly document: IssuedDocument; readonly flowNumber: string });

/** A draft, nothing, or one that somebody deleted: its structure is still known, since its name is taken. */
export type Draft =
  { readonly status: 'none' } | ExistingDraft | { readonly status: 'deleted'; readonly structure: string };

export const noDraft: Draft = { status: 'none' };

/** Applies one event of the draft's stream. */
export function evolveDraft(state: Draft, event: DraftEvent): Draft {
  if (event.type === 'DraftSaved') {
    const { draft, structure, content } = event.data;
    return { status: 'open', draft, structure, content };
  }
  if (state.status === 'none' || state.status === 'deleted') throw new Error(`${event.type} without a draft`);
  const { draft, structure, content } = state;
  switch (event.type) {
    case 'DraftConfirmed':
      return { status: 'confirmed', draft, structure, content, document: event.data.document };
    case 'DraftSent':
      if (state.status === 'open') throw new Error('DraftSent before DraftConfirmed');
      return { ...state, status: 'sent', flowNumber: event.data.flowNumber };
    case 'DraftReopened':
      return { status: 'open', draft, structure, content };
    case 'DraftDeleted':
      return { status: 'deleted', structure };
    default:
      return unreachable(event);
  }
}
