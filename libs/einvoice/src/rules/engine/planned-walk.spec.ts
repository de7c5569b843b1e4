import type { XmlElement } from '../../xml/element.js';
import { namespaces } from '../../xml/namespaces.js';
import { readDocument } from '../../xml/read-document.js';
import { structureOf } from '../../xml/structure-of.js';
import { path } from './path.js';
import { PlannedWalk } from './planned-walk.js';

function read(content: string): XmlElement {
  const { root } = readDocument(
    `<Invoice xmlns:cac="${namespaces.cac}" xmlns="${namespaces.cbc}">${content}</Invoice>`,
    null,
  );
  if (root === null) throw new Error('Not read');
  return root;
}

/** Children before, among and behind so many equal ones that structures do not count them, and in lines. */
const documents = [1, 2, 3, 5, 9].map(
  (many) =>
    `<a><ID>1</ID></a>${'<b><ID>2</ID></b>'.repeat(many)}<c/>${'<d><ID>3</ID></d>'.repeat(many + 1)}<a><ID>4</ID></a>` +
    `<cac:InvoiceLine><ID>5</ID></cac:InvoiceLine><cac:InvoiceLine><c/><ID>6</ID></cac:InvoiceLine><e><ID>7</ID></e>`,
);

describe('A planned walk', () => {
  it('visits what there is work for, in document order, in the first document of a structure as in those after it', () => {
    const walk = new PlannedWalk(({ localName }) => (localName === 'ID' ? 'work' : null));
    for (const content of [...documents, ...documents]) {
      const visited: string[] = [];
      walk.walk(read(content), (_, { text }) => visited.push(text));
      expect(visited).toEqual(Array.from(content.matchAll(/<ID>(\d)/g), ([, digit]) => digit));
    }
  });

  it('asks once what there is to do in elements of one structure at one place', () => {
    const asked: string[] = [];
    const walk = new PlannedWalk(({ localName }, { outer }) => {
      asked.push(`${outer?.localName ?? ''}/${localName}`);
      return null;
    });
    walk.walk(read('<a><ID>1</ID></a><b><ID>1</ID></b>'), () => undefined);
    walk.walk(read('<a><ID>2</ID></a><b><ID>2</ID></b>'), () => undefined);
    expect(asked).toEqual(['/Invoice', 'Invoice/a', 'a/ID', 'Invoice/b', 'b/ID']);
  });
});

describe('A path', () => {
  it.each([
    'cbc:a/cbc:ID',
    'cbc:b/cbc:ID',
    'cbc:d/cbc:ID',
    'cbc:e/cbc:ID',
    'cbc:x/cbc:ID',
    '(cbc:a|cbc:e)/cbc:ID',
    'cbc:a',
    'cac:InvoiceLine/cbc:ID',
  ])('leads to the same elements whether structures are known or not: %s', (written) => {
    const way = path(written);
    const found = (root: XmlElement): unknown => {
      const first = way.first(root);
      const second = first === null ? null : way.second(root, first);
      return [first, second, ...way.all(root)].map((element) => element?.start ?? null);
    };
    for (const content of [...documents, ...documents]) {
      const known = read(content);
      structureOf(known);
      expect(found(known)).toEqual(found(read(content)));
    }
  });
});
