import { readDocument } from '../../xml/read-document.js';
import type { XmlElement } from '../../xml/element.js';
import { namespaces } from '../../xml/namespaces.js';
import { parseDecimal } from './decimal.js';
import { path } from './path.js';

function read(content: string): XmlElement {
  const { root } = readDocument(
    `<Invoice xmlns:cac="${namespaces.cac}" xmlns:cbc="${namespaces.cbc}">${content}</Invoice>`,
    null,
  );
  if (root === null) throw new Error('Not read');
  return root;
}

const texts = (elements: readonly XmlElement[]): string[] => elements.map(({ text }) => text);
const party = (...ids: readonly string[]): string =>
  `<cac:Party>${ids.map((id) => `<cbc:ID>${id}</cbc:ID>`).join('')}</cac:Party>`;

describe('A path of child elements', () => {
  const ids = path('cac:Party/cbc:ID');

  it('gives the first, the second and all elements at its end, in document order', () => {
    const root = read(party() + party('a') + party('b', 'c'));
    const first = ids.first(root);
    expect(first?.text).toBe('a');
    expect(first === null ? null : ids.second(root, first)?.text).toBe('b');
    expect(texts(ids.all(root))).toEqual(['a', 'b', 'c']);
    expect(ids.count(root)).toBe(3);
  });

  it('has no second where there is one, and nothing where there is none', () => {
    const root = read(party('a'));
    const first = ids.first(root);
    expect(first === null ? undefined : ids.second(root, first)).toBeNull();
    expect(ids.first(read(party()))).toBeNull();
    expect(ids.exists(null)).toBe(false);
    expect(ids.all(read(''))).toEqual([]);
  });

  it('finds the same among few children as among many', () => {
    const many = read('<cbc:Note>x</cbc:Note>'.repeat(40) + party('a') + '<cac:Delivery/>' + party('b'));
    expect(texts(ids.all(many))).toEqual(['a', 'b']);
    expect(texts(path('(cbc:Note|cac:Delivery)').all(many))).toHaveLength(41);
    expect(path('*').count(many)).toBe(43);
    expect(path('cbc:Party').exists(many)).toBe(false);
  });
});

describe('A decimal', () => {
  it('may have white space of XML around it and no other', () => {
    expect(parseDecimal(' \t\r\n1.50\n')?.toString()).toBe('1.5');
    expect(parseDecimal('\u00a01.50')).toBeNull();
    expect(parseDecimal('1 50')).toBeNull();
  });
});
