import type { XmlElement } from '../../xml/element.js';
import { isNamed, nameTest, type NameTest } from './path.js';
import type { Context, Pattern } from './rule.js';

/** One of the patterns of names that a context matches. */
export interface Alternative<Facts> {
  readonly context: Context<Facts>;
  /** Name of the element, of its parent, and so on outwards. */
  readonly names: readonly NameTest[];
  /** Whether the outermost name is the root of the document. */
  readonly fromRoot: boolean;
}

/** For one name: the alternatives of each pattern that could match, in their order. */
interface Plan<Facts> {
  readonly namespace: string | null;
  readonly patterns: readonly (readonly Alternative<Facts>[])[];
}

/** Enough for every name of UBL and CII; a document of invented names must not make it grow. */
const mostPlans = 4096;

/** Finds the contexts of an element by its name, so that judging costs one look-up per element. */
export class ContextPlans<Facts> {
  readonly #patterns: readonly (readonly Alternative<Facts>[])[];
  readonly #plans = new Map<string, Plan<Facts>[]>();
  #size = 0;

  constructor(patterns: readonly Pattern<Facts>[]) {
    this.#patterns = patterns.map(({ contexts }) => contexts.flatMap(alternatives));
  }

  /** For each pattern with a context for elements of that name: those that could match, in their order. */
  patternsFor(element: XmlElement): Plan<Facts>['patterns'] {
    return this.#planOf(element).patterns;
  }

  #planOf(element: XmlElement): Plan<Facts> {
    const { localName } = element.name;
    const plans = this.#plans.get(localName);
    if (plans !== undefined) for (const plan of plans) if (plan.namespace === element.namespace) return plan;
    const plan = {
      namespace: element.namespace,
      patterns: this.#patterns
        .map((candidates) => candidates.filter((candidate) => couldMatch(element, candidate)))
        .filter(({ length }) => length > 0),
    };
    if (this.#size++ < mostPlans) this.#plans.set(localName, [...(plans ?? []), plan]);
    return plan;
  }
}

/** The context of a pattern that an element takes: the first that matches it; null when none does. */
export function firstMatch<Facts>(
  element: XmlElement,
  candidates: readonly Alternative<Facts>[],
): Context<Facts> | null {
  for (const candidate of candidates) if (matches(element, candidate)) return candidate.context;
  return null;
}

function alternatives<Facts>(context: Context<Facts>): Alternative<Facts>[] {
  return context.match.split(' | ').map((written) => {
    const trimmed = written.trim();
    const fromRoot = trimmed.startsWith('/') && !trimmed.startsWith('//');
    const names = trimmed.replace(/^\/+/, '').split('/').map(nameTest).reverse();
    return { context, names, fromRoot };
  });
}

function couldMatch<Facts>(element: XmlElement, { context, names }: Alternative<Facts>): boolean {
  const [own] = names;
  return own !== undefined && isNamed(element, own) && (context.named?.(element.localName) ?? true);
}

function matches<Facts>(element: XmlElement, { context, names, fromRoot }: Alternative<Facts>): boolean {
  let at = element.parent;
  for (let index = 1; index < names.length; index++) {
    const name = names[index];
    if (at === null || name === undefined || !isNamed(at, name)) return false;
    at = at.parent;
  }
  return (!fromRoot || at === null) && (context.where?.(element) ?? true);
}
