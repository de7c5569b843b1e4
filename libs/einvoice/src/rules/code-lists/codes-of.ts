/**
 * The codes that a text lists, separated by blanks and line ends: lists of thousands of codes stay readable and are taken
 * apart once, when the library is loaded.
 *
 * @returns the codes in the order in which they are written
 */
export function codesOf(listed: string): ReadonlySet<string> {
  return new Set(listed.trim().split(/\s+/));
}

/** The text of a list as one line: a blank before, between and after its codes. */
export function joined(codes: ReadonlySet<string>): string {
  return ` ${[...codes].join(' ')} `;
}
