import { ciiExtended, ublExtended } from '../rules/france/testing/extended.js';
import { changed, type Change } from '../rules/france/testing/judging.js';
import { judgeInvoice } from './judge-invoice.js';

const standard = 'urn:cen.eu:en16931:2017';
const saying = (specification: string): Change => [`>${standard}<`, `>${standard}#conformant#${specification}<`];
const french = saying('urn.cpro.gouv.fr:1p0:extended-ctc-fr');
const facturX = saying('urn:factur-x.eu:1p0:extended');
const wrongTotal: Change = [/140\.00/, '145.00'];

async function judged(document: string, ...changes: Change[]): Promise<{ rules: readonly string[]; fatal: string[] }> {
  const options = { kind: 'xml', context: null, interfaceCode: 'FSO1156A', controlDate: '2026-10-15' } as const;
  const { rules, findings } = await judgeInvoice(Buffer.from(changed(document, changes)), options);
  return { rules, fatal: findings.filter(({ severity }) => severity === 'fatal').map(({ rule }) => rule) };
}

describe('R43 An invoice that says it is extended', () => {
  it.each([
    ['EXTENDED-CTC-FR in CII', ciiExtended, french, 'extended-ctc-fr-1.4.0', 'BR-FREXT-CO-10'],
    ['EXTENDED-CTC-FR in UBL', ublExtended, french, 'extended-ctc-fr-1.4.0', 'BR-FREXT-CO-10'],
    ['EXTENDED in CII', ciiExtended, facturX, 'factur-x-extended-1.09', 'BR-FXEXT-CO-10'],
  ])('%s is judged by the sums of its extension', async (_, document, extension, set, rule) => {
    const good = await judged(document, extension);
    expect(good.rules).toEqual([set, 'afnor-2025-11', 'cpro-2025-11', 'repons-strict']);
    expect(good.fatal).not.toContain(rule);
    const bad = await judged(document, extension, wrongTotal);
    expect(bad.fatal.filter((one) => !good.fatal.includes(one))).toEqual([rule]);
  });

  it('would be refused by EN 16931, which counts groups twice', async () => {
    const { rules, fatal } = await judged(ciiExtended);
    expect(rules).toContain('en16931-1.3.16');
    expect(fatal).toContain('BR-CO-10');
  });
});
