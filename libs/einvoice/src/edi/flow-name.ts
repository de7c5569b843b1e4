import { finding, type Finding } from '../finding/finding.js';
import { interfaceCode } from './interface-codes.js';

/** The parts of a flow name that follows the convention. */
export interface FlowName {
  readonly ok: true;
  /** Eight characters, e.g. `FSO1116A`. */
  readonly interfaceCode: string;
  /** Application code of the sender's connection, six characters. */
  readonly applicationCode: string;
  /** Twenty-five characters: application code, interface number, sequence. */
  readonly flowId: string;
  /** The four digits of the interface code. */
  readonly interfaceNumber: string;
  /** Fifteen digits. */
  readonly sequence: string;
}

const convention = /^([A-Z]{3}\d{4}[A-Z])_([A-Z0-9]{6})_(([A-Z0-9]{6})(\d{4})(\d{15}))$/;
const expectedForm =
  'FSOnnnnA_AAAAAA_AAAAAAnnnn000000000000001 (code interface, code application, identifiant du flux)';

/**
 * Reads the name of a flow: `{interface:8}_{application:6}_{application:6}{number:4}{sequence:15}`, 41 characters, without
 * extension (EDI annex; external specifications of Chorus Pro, 5.4.3.1, whose example has the underscore that its formula
 * lacks). No extension is tolerated: the convention says that none is transmitted, and a tolerated name could be used twice.
 *
 * @returns the parts, or the one finding that says what is wrong
 */
export function parseFlowName(name: string): FlowName | { readonly ok: false; readonly finding: Finding } {
  const parts = convention.exec(name);
  if (parts === null) return wrong(finding('FILE-NAME-FORM', { found: name, expected: expectedForm }));
  const [, code = '', applicationCode = '', flowId = '', owner = '', interfaceNumber = '', sequence = ''] = parts;
  if (owner !== applicationCode) {
    return wrong(finding('FILE-NAME-APPLICATION-MISMATCH', { found: owner, expected: applicationCode }));
  }
  if (interfaceCode(code) === null) {
    return wrong(finding('FILE-NAME-INTERFACE-UNKNOWN', { found: code, expected: 'FSO1100A' }));
  }
  const number = code.slice(3, 7);
  if (interfaceNumber !== number) {
    return wrong(finding('FILE-NAME-INTERFACE-MISMATCH', { found: interfaceNumber, expected: number }));
  }
  return { ok: true, interfaceCode: code, applicationCode, flowId, interfaceNumber, sequence };
}

function wrong(reason: Finding): { readonly ok: false; readonly finding: Finding } {
  return { ok: false, finding: reason };
}
