import type { DraftContent } from './draft-content.js';
import { DRAFT_TERMS, draftField, isDraftTerm } from './draft-terms.js';
import { missingTerms } from './missing-terms.js';

const complete: DraftContent = {
  number: 'F-1',
  issueDate: '2026-11-20',
  dueDate: '2026-12-20',
  billingFrame: 'S1',
  notes: ['PMT', 'PMD', 'AAB'].map((subject) => ({ subject, text: 'Mention' })),
  seller: { vatNumber: 'FR03552081317' },
  buyer: { identifier: '11000201100044' },
  lines: [{ name: 'Papier', quantity: '2', unitCode: 'C62', price: '50', vatCategory: 'S', vatRate: '20' }],
};

const termsOf = (content: DraftContent): string[] => missingTerms(content).map(({ term, field }) => `${term} ${field}`);

describe('missingTerms', () => {
  it('R22 says nothing of an invoice that has everything', () => {
    expect(missingTerms(complete)).toEqual([]);
  });

  it('R22 says of an empty one all that it needs, in French, and where it goes', () => {
    expect(termsOf({})).toEqual([
      'BT-1 number',
      'BT-2 issueDate',
      'BT-23 billingFrame',
      'BT-46 buyer.identifier',
      'BG-1 notes',
      'BG-1 notes',
      'BG-1 notes',
      'BT-9 dueDate',
      'BG-25 lines',
    ]);
    for (const { term, message } of missingTerms({})) {
      expect(isDraftTerm(term)).toBe(true);
      expect(message).toMatch(/\.$/);
    }
  });

  it.each<readonly [string, Partial<DraftContent>, readonly string[]]>([
    [
      'a line that is begun',
      { lines: [...(complete.lines ?? []), {}] },
      ['BT-153', 'BT-129', 'BT-130', 'BT-146', 'BT-151'].map((term) => `${term} ${draftField(term as 'BT-153', 1)}`),
    ],
    ['the VAT number, unless VAT is not its subject', { seller: {} }, ['BT-31 seller.vatNumber']],
    ['the rate of what is taxed', { lines: [{ ...complete.lines?.[0], vatRate: '' }] }, ['BT-152 lines[0].vatRate']],
    ['why a category is not taxed', { lines: [{ ...complete.lines?.[0], vatCategory: 'E' }] }, ['BT-120 exemptions']],
    ['the earlier invoice of a credit note', { typeCode: '381' }, ['BG-3 precedingInvoices']],
    [
      'number and day of an earlier invoice',
      { precedingInvoices: [{}] },
      ['BT-25 precedingInvoices[0].number', 'BT-26 precedingInvoices[0].issueDate'],
    ],
    ['the validator of a subcontractor', { billingFrame: 'S3' }, ['EXT-FR-FE-69 validator.identifier']],
    ['the account of a credit transfer', { payment: { meansCode: '30' } }, ['BT-84 payment.account']],
    [
      'all of a charge',
      { adjustments: [{ kind: 'charge' }] },
      [
        'BT-9 dueDate',
        'BT-99 adjustments[0].amount',
        'BT-104 adjustments[0].reason',
        'BT-102 adjustments[0].vatCategory',
      ].slice(1),
    ],
    [
      'all of an allowance on a line',
      { lines: [{ ...complete.lines?.[0], adjustments: [{ kind: 'allowance' }] }] },
      ['BT-136 lines[0].adjustments', 'BT-139 lines[0].adjustments'],
    ],
  ])('R22 asks for %s', (_, change, expected) => {
    expect(termsOf({ ...complete, ...change })).toEqual(expected);
  });

  it('R22 asks for no day of payment when nothing is due, or the terms say it', () => {
    const { dueDate: _dueDate, ...undated } = complete;
    expect(termsOf(undated)).toEqual(['BT-9 dueDate']);
    expect(termsOf({ ...undated, payment: { terms: 'À réception' } })).toEqual([]);
    expect(termsOf({ ...undated, prepaid: '120.00' })).toEqual([]);
  });

  it('R22 names every term with its code, and its field from the content', () => {
    for (const [code, { label, field }] of Object.entries(DRAFT_TERMS)) {
      expect(code).toMatch(/^(?:B[TG]-\d+(?:-\d)?|EXT-FR-FE-\d+)$/);
      expect(label).not.toBe('');
      expect(field).toMatch(/^[a-zA-Z.[\]]+\d?$/);
    }
  });
});
