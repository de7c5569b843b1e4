import { interfaceCodes } from './interface-codes.js';
import { parseFlowName } from './flow-name.js';

describe('A flow name (EDI annex, 5.4.3.1)', () => {
  it('is taken apart', () => {
    expect(parseFlowName('FSO1116A_JMRPOR_JMRPOR1116000000000000179')).toEqual({
      ok: true,
      interfaceCode: 'FSO1116A',
      applicationCode: 'JMRPOR',
      flowId: 'JMRPOR1116000000000000179',
      interfaceNumber: '1116',
      sequence: '000000000000179',
    });
  });

  it.each(interfaceCodes.map(({ code }) => code))('may have the interface code %s', (code) => {
    expect(parseFlowName(`${code}_ABC123_ABC123${code.slice(3, 7)}000000000000001`)).toMatchObject({ ok: true });
  });

  it.each([
    ['an extension', 'FSO1116A_JMRPOR_JMRPOR1116000000000000179.tar.gz', 'FILE-NAME-FORM', 'IRR_FORM'],
    ['a short sequence', 'FSO1116A_JMRPOR_JMRPOR1116000000179', 'FILE-NAME-FORM', 'IRR_FORM'],
    ['no underscore after the interface', 'FSO1116AJMRPOR_JMRPOR1116000000000000179', 'FILE-NAME-FORM', 'IRR_FORM'],
    ['small letters', 'fso1116a_jmrpor_jmrpor1116000000000000179', 'FILE-NAME-FORM', 'IRR_FORM'],
    ['a path', '../FSO1116A_JMRPOR_JMRPOR1116000000000000179', 'FILE-NAME-FORM', 'IRR_FORM'],
    ['a line end', 'FSO1116A_JMRPOR_JMRPOR1116000000000000179\n', 'FILE-NAME-FORM', 'IRR_FORM'],
    ['nothing', '', 'FILE-NAME-FORM', 'IRR_FORM'],
    [
      'two application codes',
      'FSO1116A_JMRPOR_OTHER11116000000000000179',
      'FILE-NAME-APPLICATION-MISMATCH',
      'IRR_FORM',
    ],
    [
      'an unknown interface',
      'FSO9999A_JMRPOR_JMRPOR9999000000000000179',
      'FILE-NAME-INTERFACE-UNKNOWN',
      'IRR_CODE_INTER',
    ],
    [
      'another interface number',
      'FSO1100A_JMRPOR_JMRPOR1101000000000000179',
      'FILE-NAME-INTERFACE-MISMATCH',
      'IRR_FORM',
    ],
  ])('is refused with %s', (_, name, rule, code) => {
    expect(parseFlowName(name)).toMatchObject({ ok: false, finding: { rule, code } });
  });
});
