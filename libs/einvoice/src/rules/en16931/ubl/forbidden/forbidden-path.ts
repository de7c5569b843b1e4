/** The id of a rule and the path that must not stand in a document; a last step `@name` is an attribute. */
export type ForbiddenPath = readonly [rule: string, path: string];
