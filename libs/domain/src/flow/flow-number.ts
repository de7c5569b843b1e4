/** The platform's own application code: of what people send through it, who have no connection. */
export const PLATFORM_APPLICATION_CODE = 'CPP001';

/**
 * Number of a flow, given by the platform when the bytes are safe (R40): 25 characters made like the numbers of the
 * field, `{application code:6}{interface number:4}{sequence:15}`. The platform's own application code is `CPP001`.
 *
 * @param interfaceCode code of the envelope name, or null when it says none
 * @param sequence positive, below 10^15
 */
export function flowNumber(interfaceCode: string | null, sequence: number): string {
  const interfaceNumber = interfaceCode === null ? '0000' : interfaceCode.slice(3, 7);
  return `${PLATFORM_APPLICATION_CODE}${interfaceNumber}${String(sequence).padStart(15, '0')}`;
}

/** Name given to a flow that came without an envelope name (API, portal): the same convention, with the platform's code. */
export function platformFlowName(interfaceCode: string, sequence: number): string {
  return `${interfaceCode}_${PLATFORM_APPLICATION_CODE}_${flowNumber(interfaceCode, sequence)}`;
}

/** Whether a text has the shape of a flow number. */
export function isFlowNumber(text: string): boolean {
  return /^CPP001\d{19}$/.test(text);
}
