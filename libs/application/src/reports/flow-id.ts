const SEQUENCE_DIGITS = 15;

/**
 * Identifier of a file that is sent to a partner: application code, digits of the interface, rank in fifteen digits (25
 * characters in all; external specifications, 5.4.3.1).
 */
export function flowIdOf(
  interfaceCode: string,
  { applicationCode, sequence }: { readonly applicationCode: string; readonly sequence: number },
): string {
  return `${applicationCode}${interfaceCode.slice(3, 7)}${String(sequence).padStart(SEQUENCE_DIGITS, '0')}`;
}
