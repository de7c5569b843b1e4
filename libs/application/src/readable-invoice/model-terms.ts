import type { InvoiceModel } from '#einvoice';
import { together } from './blocks.js';
import { frenchAmount, frenchDate } from './french-form.js';
import { printable } from './printable-text.js';

type Group<Name extends keyof InvoiceModel> = NonNullable<InvoiceModel[Name]>;

/** A term of the model. */
export type Value = Group<'number'>;
/** A party of the model. */
export type Party = Group<'seller'>;
/** A line of the model. */
export type Line = InvoiceModel['lines'][number];
/** A note of the model. */
export type Note = InvoiceModel['notes'][number];
/** An allowance or a charge of the model. */
export type AllowanceCharge = InvoiceModel['allowances'][number];
/** A period of the model. */
export type Period = Group<'period'>;
/** A reference of the model, with what kind it is of. */
export type Reference = Group<'objectIdentifier'>;

/** A term as it is written, made fit for the page. */
export function text(value: Value | null | undefined): string | null {
  return value == null ? null : printable(value.value);
}

/** A coded term: what the code means. */
export function coded(value: Value | null, label: (code: string) => string): string | null {
  return value === null ? null : printable(label(value.value));
}

/** A date in French form. */
export function date(value: Value | null | undefined): string | null {
  return value == null ? null : printable(frenchDate(value.value));
}

/** An amount with its currency. */
export function amount(value: Value | null, currency: string | null = null): string | null {
  return value === null ? null : printable(frenchAmount(value.value, currency));
}

/** A number or a rate, by its own form. */
export function number(value: Value | null, form: (written: string) => string): string | null {
  return value === null ? null : printable(form(value.value));
}

/** Several terms as one text. */
export function texts(values: readonly Value[], shown: (value: Value) => string = ({ value }) => value): string | null {
  return together(values.map(shown));
}

/** A reference with its kind: `MARCHE-1 (MARCHE)`. */
export function reference(one: Reference | null): string | null {
  if (one?.identifier == null) return null;
  const kind = one.referenceType === null ? '' : ` (${one.referenceType.value})`;
  return printable(`${one.identifier.value}${kind}`);
}

/** A period: `du 01/08/2026 au 31/08/2026`; one of the two ends may be missing. */
export function period(one: Period | null): string | null {
  if (one === null) return null;
  const [start, end] = [date(one.start), date(one.end)];
  if (start !== null && end !== null) return `du ${start} au ${end}`;
  if (start !== null) return `à partir du ${start}`;
  return end === null ? null : `jusqu’au ${end}`;
}
