/**
 * A rule id, and the path below the context of the rule at which nothing may stand: CII has a place there for which EN 16931
 * has no business term (CEN/TS 16931-3-3).
 */
export type AbsentPath = readonly [rule: string, path: string];
