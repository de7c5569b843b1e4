import { judgeInvoice, plainTerms } from '#einvoice';
import { entryOf } from '../testing/invoices.js';
import { judgedFrom, judgedText, type JudgedInvoice } from './judged-invoice.js';

describe('a judged invoice as text', () => {
  it.each([
    ['a document with faults', '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>'],
    ['what is no XML', '<Invoice>'],
  ])('R42 comes out as it went in: %s', async (_, document) => {
    const judged = await judgeInvoice(Buffer.from(document), { kind: 'xml', context: null });
    const { status, format, rules, terms, findings, supportingDocuments } = judged;
    const syntax = format?.syntax ?? null;
    const entry = entryOf(3);
    const about = { entry, status, syntax, rules, findings, supportingDocuments };
    const invoice: JudgedInvoice = { ...about, terms: plainTerms(terms) };
    expect(findings).not.toEqual([]);
    expect(judgedFrom(judgedText(invoice))).toStrictEqual(invoice);
  });
});
