import { catalogue, type RuleId } from './catalogue.js';
import { finding, hasFatal } from './finding.js';

describe('A finding', () => {
  it('carries the code, the message with the action, and the faulty datum', () => {
    const one = finding('ID-DATE-SHAPE', { found: '2026-02-30', expected: 'AAAA-MM-JJ', location: '/a[1]', line: 3 });
    expect(one).toEqual({
      code: 'REJ_SEMAN',
      rule: 'ID-DATE-SHAPE',
      layer: 'semantics',
      severity: 'fatal',
      message:
        'Date d’émission de la facture : « 2026-02-30 » n’est pas une date du calendrier. Écrivez une date réelle au format AAAA-MM-JJ, puis déposez à nouveau la facture.',
      location: '/a[1]',
      line: 3,
      found: '2026-02-30',
      expected: 'AAAA-MM-JJ',
    });
  });

  it('says what a sum is and should be when it knows both', () => {
    const known = finding('BR-CO-10', { found: '99.00', expected: '100.00' });
    expect(known).toMatchObject({
      code: 'CALCUL_ERR',
      message:
        'Somme des montants nets des lignes (BT-106) : le calcul est faux (trouvé : 99.00, attendu : 100.00), cette valeur doit être la somme des montants nets des lignes (BT-131). Recalculez la somme des montants nets des lignes, puis déposez à nouveau la facture.',
    });
    expect(finding('BR-CO-10', { found: '99.00' }).message).toMatch(/ : le calcul est faux, cette valeur/);
  });

  it('keeps what a document holds as it is, even what looks like a text of the catalogue', () => {
    const { message } = finding('BR-CL-14', { found: '[{expected}] $1' });
    expect(message).toMatch(/ : le code « \[\{expected\}\] \$1 » n’est pas dans /);
  });

  it('takes the severity of the rule set that applied the rule when it differs', () => {
    expect(finding('BR-51').severity).toBe('fatal');
    expect(finding('BR-51', { severity: 'warning' }).severity).toBe('warning');
  });

  it('bounds what was found and keeps control characters of a document away from logs', () => {
    const { found, message } = finding('FILE-NAME-FORM', { found: `a\u0000\u001b[31m\n${'x'.repeat(500)}` });
    expect(found).toHaveLength(200);
    // eslint-disable-next-line no-control-regex
    expect(message).not.toMatch(/[\u0000-\u001f]/);
  });

  it('bounds the XPath, whose end says where the datum is', () => {
    const { location } = finding('BR-02', { location: `${'/a[1]'.repeat(1_000)}/cbc:ID[1]` });
    expect(location).toHaveLength(2_000);
    expect(location).toMatch(/^….*\/a\[1\]\/cbc:ID\[1\]$/);
  });

  it('leaves no placeholder in a message', () => {
    for (const { rule } of catalogue) expect(finding(rule as RuleId).message).not.toMatch(/[{}[\]]/);
  });

  it('keeps a document out only when one is fatal', () => {
    const warning = finding('BR-51', { severity: 'warning' });
    expect(hasFatal([warning])).toBe(false);
    expect(hasFatal([warning, finding('BR-02')])).toBe(true);
  });
});
