import type { XmlElement } from '../../../xml/element.js';
import { decimal, type Exact } from '../../engine/exact.js';
import { path, type Path } from '../../engine/path.js';
import type { Assertion, Context, Shortfall } from '../../engine/rule-set.js';
import { settledWhen } from '../../engine/settled.js';
import type { UblFacts } from './facts.js';
import { normalised } from '../../engine/values.js';
import { onlyAt } from './values.js';

/** An assertion about a UBL document. */
export type UblAssertion = Assertion<UblFacts>;
/** A context of a UBL document with its assertions. */
export type UblContext = Context<UblFacts>;
type Holds = UblAssertion['holds'];

/** The root of an invoice and of a credit note. */
export const documentRoot = '/ubl:Invoice | /cn:CreditNote';

/** A rule that keeps the invoice out. */
export function fatal(rule: string, holds: Holds): UblAssertion {
  return { rule, severity: 'fatal', holds };
}

/** A rule that is reported and lets the invoice in. */
export function warning(rule: string, holds: Holds): UblAssertion {
  return { rule, severity: 'warning', holds };
}

/** What is wrong with an element, or with what is missing where null is given. */
export function shortfall(at: XmlElement | null, expected: string | null = null): Shortfall {
  return { at, found: at?.stringValue ?? null, expected };
}

/** An amount does not have the value that was computed. */
export function differs(at: XmlElement | null, expected: Exact | null): Shortfall {
  return shortfall(at, expected === null ? null : amountText(expected));
}

/** A decimal as an amount is written: at least two decimals, more where it has more. */
export function amountText(value: Exact): string {
  const shown = decimal(value);
  return shown.toFixed(Math.max(2, shown.decimalPlaces()));
}

/**
 * A rule that keeps the invoice out and holds wherever nothing stands at one of some paths: where it always holds, most often,
 * nothing has to be asked.
 */
export function fatalBeside(rule: string, paths: readonly Path[], holds: Holds): UblAssertion {
  return { ...fatal(rule, holds), ...settledWhen(paths, (context) => paths.some((one) => !one.exists(context))) };
}

/** Something must stand at the end of one of some paths below the context. */
export function present(rule: string, ...written: readonly string[]): UblAssertion {
  const wanted = written.map(path);
  const holds = (context: XmlElement): boolean => wanted.some((one) => one.exists(context));
  return { ...fatal(rule, holds), ...settledWhen(wanted, holds) };
}

/** The only element at the end of a path below the context must hold more than white space. */
export function filled(rule: string, written: string): UblAssertion {
  const wanted = path(written);
  return fatal(rule, (context) => {
    const element = onlyAt(wanted, context);
    return (element !== null && normalised(element.stringValue) !== '') || shortfall(element);
  });
}

/** At most so many elements, one or two, may stand at the end of a path below the context. */
export function atMost(most: 1 | 2, rule: string, written: string): UblAssertion {
  const counted = path(written);
  const holds: Holds = (context) => fewEnough(counted.all(context), most);
  const settled = settledWhen([counted], (context) => counted.count(context) <= most);
  return { rule, severity: 'fatal', holds, ...settled };
}

/** Whether there are at most so many elements; the first too many is what breaks the rule. */
export function fewEnough(elements: readonly XmlElement[], most = 1): boolean | Shortfall {
  const surplus = elements[most];
  return surplus === undefined || { at: surplus, found: String(elements.length), expected: String(most) };
}

/** The context must have an attribute. */
export function withAttribute(rule: string, name: string): UblAssertion {
  const holds = (context: XmlElement): boolean => context.attribute(name) !== null;
  return { ...fatal(rule, holds), ...settledWhen([], holds) };
}

/** An amount has at most two decimals, white space behind them being counted as well (BR-DEC-*). */
export function twoDecimals(rule: string, written: string): UblAssertion {
  const amount = path(written);
  return {
    ...fatal(rule, (context) => hasTwoDecimals(onlyAt(amount, context))),
    ...settledWhen([amount], (context) => !amount.exists(context)),
  };
}

/** Whether at most two characters stand behind the first point of a text. */
export function hasTwoDecimals(amount: XmlElement | null): boolean | Shortfall {
  if (amount === null) return true;
  const text = amount.stringValue;
  const point = text.indexOf('.');
  if (point < 0 || text.length - point <= 3 || Array.from(text.slice(point + 1)).length <= 2) return true;
  return shortfall(amount, '2');
}

/** The text of the context, or the value of one of its attributes, is a code of a list, white space around it aside. */
export function coded(rule: string, codes: ReadonlySet<string>, attribute: string | null = null): UblAssertion {
  return fatal(rule, (context) => {
    const text = attribute === null ? context.stringValue : (context.attribute(attribute) ?? '');
    return codes.has(text) || codes.has(normalised(text)) || { found: text };
  });
}
