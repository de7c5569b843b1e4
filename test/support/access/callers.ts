/**
 * The columns of the matrix: who calls.
 *
 * `none` shows no key and `wrong` one that nobody has. `newcomer` is signed in and attached to no structure; `stranger` is
 * whoever belongs to another structure, in each of the roles there and with rights in every space. `simple`, `secondary` and
 * `primary` are people of the structure that the routes are asked about: the first may look at its invoices, the second may do
 * nothing with them, the third may do everything. `own` is a connection of that structure and `other` one of another.
 */
export const COLUMNS = [
  'none',
  'wrong',
  'newcomer',
  'stranger',
  'simple',
  'secondary',
  'primary',
  'other',
  'own',
  'operator',
] as const;

/** Name of a column. */
export type Column = (typeof COLUMNS)[number];

/** Those who call, and in which column they stand: strangers are there in each role. */
export const CALLERS = {
  none: 'none',
  wrong: 'wrong',
  newcomer: 'newcomer',
  'simple elsewhere': 'stranger',
  'secondary elsewhere': 'stranger',
  'primary elsewhere': 'stranger',
  simple: 'simple',
  secondary: 'secondary',
  primary: 'primary',
  other: 'other',
  own: 'own',
  operator: 'operator',
} as const satisfies Record<string, Column>;

/** Somebody who calls. */
export type CallerName = keyof typeof CALLERS;

/** Their names, in the order in which they call. */
export const CALLER_NAMES = Object.keys(CALLERS) as readonly CallerName[];
