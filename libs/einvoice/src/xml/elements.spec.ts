import { openInvoice } from '../invoice/open-invoice.js';
import { documentLimits } from './limits.js';
import { readDocument } from './read-document.js';
import { readPlain } from './read-plain.js';

const { elements } = documentLimits;

/** A document of so many elements, its root and its number counted, which names itself in its first lines. */
function documentOf(count: number): string {
  const number = '<ID xmlns="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">F-1</ID>';
  return `<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">${number}\n${'<a/>'.repeat(count - 2)}</Invoice>`;
}

const { nameCharacters } = documentLimits;

describe('The name of an element', () => {
  const named = (length: number): string => `<${'a'.repeat(length)}/>`;

  it('is read up to the limit, by both readers', () => {
    expect(readPlain(Buffer.from(named(nameCharacters)), null)).not.toBeNull();
    expect(readDocument(named(nameCharacters), null).faults).toEqual([]);
  });

  it('is refused beyond it, by its own code', async () => {
    const text = named(nameCharacters + 1);
    expect(readPlain(Buffer.from(text), null)).toBeNull();
    const { findings } = await openInvoice(Buffer.from(text), { kind: 'xml' });
    expect(findings).toMatchObject([{ rule: 'FILE-XML-NAME-TOO-LONG', expected: '256' }]);
  });
});

describe('The elements of one document', () => {
  it('are read up to the limit, by both readers', () => {
    const text = documentOf(elements);
    expect(readPlain(Buffer.from(text), null)?.children).toHaveLength(elements - 1);
    const { root, faults } = readDocument(text, null);
    expect([root?.children.length, faults]).toEqual([elements - 1, []]);
  });

  it('are refused beyond it, and what identifies the invoice is read all the same', async () => {
    const text = documentOf(elements + 1);
    expect(readPlain(Buffer.from(text), null)).toBeNull();
    const opened = await openInvoice(Buffer.from(text), { kind: 'xml' });
    expect(opened).toMatchObject({ status: 'unreadable', terms: { number: { value: 'F-1' } } });
    expect(opened.findings).toMatchObject([
      { rule: 'FILE-XML-TOO-MANY-ELEMENTS', code: 'IRR_SYNTAX', line: 2, expected: '1000000' },
    ]);
  });
});
