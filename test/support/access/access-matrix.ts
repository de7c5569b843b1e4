import type { AccessWorld } from './access-world.js';
import type { CallerName } from './callers.js';

/** The HTTP status that each column gets, in the order of `COLUMNS`. */
export type Answers = readonly [
  none: number,
  wrong: number,
  newcomer: number,
  stranger: number,
  simple: number,
  secondary: number,
  primary: number,
  other: number,
  own: number,
  operator: number,
];

/** What a caller asks of a route: so that the right to ask decides, and nothing else. */
export interface Asked {
  /** What stands in the place of the names in the path; `identifier` is the structure of the matrix unless it is said. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** An object goes as JSON, a text as bytes. */
  readonly body?: object | string;
  /** A session to be used up, in the place of the caller's usual one. */
  readonly token?: string;
}

/** One line of the matrix. */
export interface AccessCase {
  /** What distinguishes it from other lines of the same route. */
  readonly when?: string;
  readonly answers: Answers;
  /** Makes what this caller is to ask for. Absent where the path says it all. */
  readonly ask?: (world: AccessWorld, caller: CallerName) => Asked | Promise<Asked>;
  /** The route looks into read models for what `ask` made. */
  readonly reads?: true;
}

/** Routes, `METHOD /path` as the OpenAPI document names them, and their lines. */
export type AccessMatrix = Readonly<Record<string, AccessCase | readonly AccessCase[]>>;

/** Whoever is known, be it a machine, gets this. */
export const known = (status: number): Answers => [401, 401, ...sevenTimes(status), status];

/** Everybody gets this, without any key. */
export const everybody = (status: number): Answers => [status, status, ...sevenTimes(status), status];

/** Operators get this; the route is closed to all others. */
export const operators = (status: number): Answers => [401, 401, ...sevenTimes(403), status];

/** People and operators get this, whatever they belong to; machines have no business there. */
export const notMachines = (status: number): Answers => [
  401,
  401,
  status,
  status,
  status,
  status,
  status,
  403,
  403,
  status,
];

/** People get this for themselves; machines and operators have no account. */
export const people = (status: number): Answers => [401, 401, status, status, status, status, status, 403, 403, 403];

function sevenTimes(status: number): [number, number, number, number, number, number, number] {
  return [status, status, status, status, status, status, status];
}

/** The lines of a matrix, one by one. */
export function linesOf(matrix: AccessMatrix): readonly { readonly route: string; readonly line: AccessCase }[] {
  return Object.entries(matrix).flatMap(([route, cases]) =>
    (Array.isArray(cases) ? (cases as readonly AccessCase[]) : [cases as AccessCase]).map((line) => ({ route, line })),
  );
}
