import { readDocument } from './read-document.js';
import { structureOf } from './structure-of.js';
import type { Structure } from './structure.js';

function structure(source: string): Structure | null {
  const { root } = readDocument(source, null);
  if (root === null) throw new Error('Not read');
  return structureOf(root);
}

describe('The structure of an element', () => {
  it('is one for all elements of the same names, whatever their texts and values are', () => {
    expect(structure('<a x="1"><b>2</b><c/></a>')).toBe(structure('<a x="3"><b>4</b><c>5</c></a>'));
  });

  it.each([
    ['another name', '<b><c/></b>'],
    ['another namespace', '<a xmlns="urn:other"><c/></a>'],
    ['an attribute', '<a x=""><c/></a>'],
    ['another child', '<a><d/></a>'],
    ['a second child', '<a><c/><c/></a>'],
    ['something in a child', '<a><c><d/></c></a>'],
    ['an attribute of a child', '<a><c x=""/></a>'],
    ['a child less', '<a/>'],
  ])('is another with %s', (_, source) => {
    expect(structure(source)).not.toBe(structure('<a><c/></a>'));
  });

  it('counts equal children in a row up to three', () => {
    const [two, three, many] = [2, 3, 50].map((count) => structure(`<a>${'<c/>'.repeat(count)}</a>`));
    expect(three).toBe(many);
    expect(two).not.toBe(three);
  });

  it('tells that there are lines and not what is in them, but for the line itself', () => {
    expect(structure('<a><InvoiceLine><b/></InvoiceLine></a>')).toBe(structure('<a><InvoiceLine x=""/></a>'));
    expect(structure('<a><InvoiceLine/></a>')).not.toBe(structure('<a/>'));
    expect(structure('<InvoiceLine><b/></InvoiceLine>')).not.toBe(structure('<InvoiceLine/>'));
  });

  it('is not kept without bound, and is kept again some time after a document of too many', () => {
    const names = (count: number): string => Array.from({ length: count }, (_, index) => `<n${index}/>`).join('');
    expect(structure(`<a>${names(40_000)}</a>`)).toBeNull();
    let kept: Structure | null = null;
    for (let times = 0; kept === null && times < 100_000; times++) kept = structure('<kept/>');
    expect(kept).not.toBeNull();
    expect(structure('<kept/>')).toBe(kept);
  });
});
