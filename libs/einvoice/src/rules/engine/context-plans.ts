import type { XmlElement } from '../../xml/element.js';
import { nameTest, type NameTest } from './path.js';
import type { Place } from './place.js';
import type { Assertion, Context, Intruders, Pattern } from './rule.js';

/** One of the patterns of names that a context matches. */
interface Alternative<Facts> {
  readonly context: Context<Facts>;
  /** Name of the element, of its parent, and so on outwards. */
  readonly names: readonly NameTest[];
  /** Whether the outermost name is the root of the document. */
  readonly fromRoot: boolean;
}

/** A context that an element may take, with what of it has to be asked of elements of its structure. */
export interface Candidate<Facts> {
  /** Asked of each element; null when names have decided that the context matches. */
  readonly where: ((element: XmlElement) => boolean) | null;
  readonly batches: readonly Batch<Facts>[];
  readonly intruders: Intruders | null;
}

/** Assertions that follow one another and are asked for on one condition. */
export interface Batch<Facts> {
  /** Null when they are asked of every element. */
  readonly when: ((element: XmlElement, facts: Facts) => boolean) | null;
  readonly assertions: readonly Assertion<Facts>[];
}

/** For each pattern of which something has to be asked: the contexts of which an element takes the first that matches it. */
export type Judging<Facts> = readonly (readonly Candidate<Facts>[])[];

/** Finds the contexts of the elements at a place and of a structure. */
export class ContextPlans<Facts> {
  readonly #patterns: readonly (readonly Alternative<Facts>[])[];

  constructor(patterns: readonly Pattern<Facts>[]) {
    this.#patterns = patterns.map(({ contexts }) => contexts.flatMap(alternatives));
  }

  /** What has to be asked of elements built like this one at that place; null when nothing has. */
  judgingOf(element: XmlElement, place: Place): Judging<Facts> | null {
    const judging = this.#patterns.map((all) => candidatesOf(all, element, place)).filter(({ length }) => length > 0);
    return judging.length === 0 ? null : judging;
  }
}

function candidatesOf<Facts>(
  alternatives: readonly Alternative<Facts>[],
  element: XmlElement,
  place: Place,
): readonly Candidate<Facts>[] {
  const candidates: Candidate<Facts>[] = [];
  for (const alternative of alternatives) {
    const { context } = alternative;
    if (!matches(place, alternative) || !couldMatch(element, context)) continue;
    const where = context.where ?? null;
    candidates.push({ where, ...remainderOf(context, element) });
    if (where === null) break;
  }
  return candidates.some(({ batches, intruders }) => batches.length > 0 || intruders !== null) ? candidates : [];
}

function couldMatch<Facts>(element: XmlElement, { named, having }: Context<Facts>): boolean {
  return (named?.(element.localName) ?? true) && (having === undefined || element.attribute(having) !== null);
}

function remainderOf<Facts>(context: Context<Facts>, element: XmlElement): Omit<Candidate<Facts>, 'where'> {
  const intruders = context.intruders ?? null;
  return {
    batches: batchesOf(context.assertions.filter(({ settledBy }) => settledBy === undefined || !settledBy(element))),
    intruders: intruders?.byStructure === true && intruders.of(element).length === 0 ? null : intruders,
  };
}

function batchesOf<Facts>(assertions: readonly Assertion<Facts>[]): Batch<Facts>[] {
  const batches: { when: Batch<Facts>['when']; assertions: Assertion<Facts>[] }[] = [];
  for (const assertion of assertions) {
    const when = assertion.when ?? null;
    const last = batches.at(-1);
    if (last?.when === when) last.assertions.push(assertion);
    else batches.push({ when, assertions: [assertion] });
  }
  return batches;
}

function alternatives<Facts>(context: Context<Facts>): Alternative<Facts>[] {
  return context.match.split(' | ').map((written) => {
    const trimmed = written.trim();
    const fromRoot = trimmed.startsWith('/') && !trimmed.startsWith('//');
    const names = trimmed.replace(/^\/+/, '').split('/').map(nameTest).reverse();
    return { context, names, fromRoot };
  });
}

function matches<Facts>(place: Place, { names, fromRoot }: Alternative<Facts>): boolean {
  let at: Place | null = place;
  for (const { localName, namespace } of names) {
    if (at === null || at.outer === null) return false;
    if (localName !== null && at.localName !== localName) return false;
    if (namespace !== null && at.namespace !== namespace) return false;
    at = at.outer;
  }
  return !fromRoot || at?.outer === null;
}
