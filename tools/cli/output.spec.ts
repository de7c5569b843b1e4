import fc from 'fast-check';
import { describeReport, describeSize } from './flow-report.js';
import { plain } from './output.js';

describe('plain', () => {
  it.each([
    ['\u001b[2J\u001b[31mrouge', '\ufffd[2J\ufffd[31mrouge'],
    ['\u009b31m', '\ufffd31m'],
    ['une\r\nautre ligne', 'une\ufffd\ufffdautre ligne'],
    ['facture\u202efdp.exe', 'facture\ufffdfdp.exe'],
    ['\u2066caché\u2069', '\ufffdcaché\ufffd'],
    ['zéro\u200bblanc\ufeff', 'zéro\ufffdblanc\ufffd'],
    ['\u0000\u0007\u007f', '\ufffd\ufffd\ufffd'],
    ['Papeterie de l’Été – n° 1 (TTC) 商 😀', 'Papeterie de l’Été – n° 1 (TTC) 商 😀'],
  ])('R60 shows %j as %j', (text, shown) => {
    expect(plain(text)).toBe(shown);
  });

  it('R60 leaves no control and no change of direction in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(plain(text)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        expect([...plain(text)]).toHaveLength([...text].length);
      }),
    );
  });
});

describe('describeReport', () => {
  const hostile = 'nom\u001b]0;titre\u0007\n\u202e';
  const reason = { code: 'REJ_SEMAN', rule: 'BR-02', message: `Numéro ${hostile}` };
  const report = {
    flowNumber: 'CPP0011100000000000000042',
    name: hostile,
    status: 'partly-integrated' as const,
    bytes: 2_500_000,
    container: 'zip',
    invoices: { total: 20, integrated: 5, rejected: 15, waiting: 0 },
    reasons: [reason],
    incident: hostile,
    depositedAt: '2026-11-21T09:30:00.000Z',
    splitAt: null,
    completedAt: null,
    reportName: null,
  };
  const invoices = Array.from({ length: 11 }, (_, index) => ({
    rank: index + 1,
    member: hostile,
    outcome: 'rejected' as const,
    number: hostile,
    reasons: [reason],
  }));

  it('R45 R60 defuses whatever a partner wrote, on each line of its own', () => {
    const lines = describeReport(report as never, invoices as never).split('\n');
    // Colours are of ours, and there are none where standard output is no terminal.
    // eslint-disable-next-line no-control-regex
    for (const line of lines) expect(line.replace(/\u001b\[\d+m/g, '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(lines.some((line) => line.includes('15 rejetées'))).toBe(true);
    expect(lines.at(-2)).toContain('… et 5 autres');
  });

  it.each([
    [0, '0 o'],
    [1_023, '1023 o'],
    [1_024, '1,0 Ko'],
    [1_572_864, '1,5 Mo'],
    [1_073_741_824, '1,0 Go'],
    [5e12, '4656,6 Go'],
  ])('R45 says %i bytes as %s', (bytes, text) => {
    expect(describeSize(bytes)).toBe(text);
  });
});
