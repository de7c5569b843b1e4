import type { XmlElement } from '../../../xml/element.js';
import { NotComputable } from '../../engine/decimal.js';
import { path, type Path } from '../../engine/path.js';
import type { Assertion, Context, Shortfall } from '../../engine/rule-set.js';
import { settledWhen } from '../../engine/settled.js';
import type { CiiFacts } from './facts.js';
import { normalised } from '../../engine/values.js';
import { only } from './values.js';

/** An assertion about a CII document. */
export type CiiAssertion = Assertion<CiiFacts>;
/** A context of a CII document with its assertions. */
export type CiiContext = Context<CiiFacts>;
type Holds = CiiAssertion['holds'];

/** A rule that keeps the invoice out. */
export function fatal(rule: string, holds: Holds): CiiAssertion {
  return { rule, severity: 'fatal', holds };
}

/** A rule that is reported and lets the invoice in. */
export function warning(rule: string, holds: Holds): CiiAssertion {
  return { rule, severity: 'warning', holds };
}

/** What is wrong when a text stands where another is wanted. */
export function shortfall(at: XmlElement | null, expected: string | null = null): Shortfall {
  return { at, found: at?.stringValue ?? null, expected };
}

/**
 * A rule that keeps the invoice out and holds wherever nothing stands at one of some paths: where it always holds, most often,
 * nothing has to be asked.
 */
export function fatalBeside(rule: string, paths: readonly Path[], holds: Holds): CiiAssertion {
  return { ...fatal(rule, holds), ...settledWhen(paths, (context) => paths.some((one) => !one.exists(context))) };
}

/** Something must stand at a path below the context. */
export function present(rule: string, written: string): CiiAssertion {
  const wanted = path(written);
  const holds = (context: XmlElement): boolean => wanted.exists(context);
  return { ...fatal(rule, holds), ...settledWhen([wanted], holds) };
}

/** One of two things must stand below the context. */
export function eitherPresent(rule: string, written: string, otherwise: string): CiiAssertion {
  const [wanted, other] = [path(written), path(otherwise)];
  const holds = (context: XmlElement): boolean => wanted.exists(context) || other.exists(context);
  return { ...fatal(rule, holds), ...settledWhen([wanted, other], holds) };
}

/** The only element at a path below the context must hold more than white space. */
export function filled(rule: string, written: string): CiiAssertion {
  const wanted = path(written);
  return fatal(rule, (context) => {
    const found = wanted.first(context);
    if (found === null) return false;
    const second = wanted.second(context, found);
    if (second !== null) throw new NotComputable(second);
    return normalised(found.stringValue) !== '' || shortfall(found);
  });
}

/** How many elements may stand at a path below the context. */
export function counted(
  severity: CiiAssertion['severity'],
  rule: string,
  written: string,
  expected: '1' | '≤ 1',
): CiiAssertion {
  const counts = path(written);
  const holds = (context: XmlElement): boolean | Shortfall => {
    const found = counts.all(context);
    if (found.length === 1 || (found.length === 0 && expected === '≤ 1')) return true;
    return { at: found[1] ?? null, found: String(found.length), expected };
  };
  return { rule, severity, holds, ...settledWhen([counts], (context) => holds(context) === true) };
}

/** Where a value stands below the context: the only one there, or the first of several. */
export interface Place {
  readonly steps: Path;
  readonly ofSeveral: 'only' | 'first';
}

/** An amount has at most two decimals, white space behind it being counted as well (BR-DEC-*). */
export function twoDecimals(rule: string, written: string, ofSeveral: Place['ofSeveral'] = 'only'): CiiAssertion {
  const place: Place = { steps: path(written), ofSeveral };
  return {
    ...fatal(rule, (context) => hasTwoDecimals(valueAt(place, context))),
    ...settledWhen([place.steps], (context) => !place.steps.exists(context)),
  };
}

/** The same below the parent of the context: the rules about allowances and charges look from their indicator. */
export function siblingTwoDecimals(
  rule: string,
  written: string,
  ofSeveral: Place['ofSeveral'] = 'only',
): CiiAssertion {
  const place: Place = { steps: path(written), ofSeveral };
  return fatal(rule, ({ parent }) => hasTwoDecimals(valueAt(place, parent)));
}

function valueAt({ steps, ofSeveral }: Place, from: XmlElement | null): XmlElement | null {
  return ofSeveral === 'first' ? steps.first(from) : only(steps.all(from));
}

function hasTwoDecimals(amount: XmlElement | null): boolean | Shortfall {
  if (amount === null) return true;
  const text = amount.stringValue;
  const point = text.indexOf('.');
  if (point < 0 || text.length - point <= 3 || Array.from(text.slice(point + 1)).length <= 2) return true;
  return shortfall(amount, '≤ 2');
}

/** The text of an element, or the value of one of its attributes, is a code of a list, white space around it aside. */
export function coded(rule: string, codes: ReadonlySet<string>, attribute: string | null = null): CiiAssertion {
  return fatal(rule, (context) => {
    const text = attribute === null ? context.stringValue : (context.attribute(attribute) ?? '');
    return codes.has(text) || codes.has(normalised(text)) || { found: text };
  });
}
