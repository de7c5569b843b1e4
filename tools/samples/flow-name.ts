/**
 * Makes the name of a flow: `{interface:8}_{application:6}_{flow id:25}`, where the flow id is the application code, the
 * four digits of the interface code and a sequence of 15 digits; 41 characters and no extension. The underscore behind
 * the interface is in AIFE's example and in its samples, though not in its formula (DSE Chorus Pro 1.0, §5.4.3.1).
 *
 * @param interfaceCode such as `FSO1100A`
 * @param applicationCode the partner's six characters
 * @throws RangeError when a part has not its length or alphabet
 */
export function flowName(interfaceCode: string, applicationCode: string, sequence: number): string {
  const interfaceNumber = /^[A-Z]{3}(\d{4})[A-Z]$/.exec(interfaceCode)?.[1];
  if (!interfaceNumber) throw new RangeError(`not an interface code: ${interfaceCode}`);
  if (!/^[A-Z0-9]{6}$/.test(applicationCode)) throw new RangeError(`not an application code: ${applicationCode}`);
  if (!Number.isSafeInteger(sequence) || sequence < 0 || sequence > 999_999_999_999_999) {
    throw new RangeError(`not a sequence of at most 15 digits: ${sequence}`);
  }
  const flowId = applicationCode + interfaceNumber + String(sequence).padStart(15, '0');
  return `${interfaceCode}_${applicationCode}_${flowId}`;
}
