import fc from 'fast-check';
import { XmlDocument, XmlElement as LibxmlElement } from 'libxml2-wasm';
import { ciiInvoice, ublInvoice } from '../../../../test/support/invoice-documents.js';
import type { XmlElement } from './element.js';
import { readDocument } from './read-document.js';
import { strictParse } from './strict-parse.js';

type Node = readonly [
  namespace: string,
  name: string,
  attributes: readonly string[],
  text: string,
  children: readonly Node[],
];

function ours(element: XmlElement): Node {
  const attributes = element.attributes
    .filter(({ name }) => !name.startsWith('xmlns'))
    .map(({ name, value }) => `${name}=${value}`);
  const text = element.children.length === 0 ? element.text : '';
  return [element.namespace ?? '?', element.localName, attributes, text, element.children.map(ours)];
}

function libxml(element: LibxmlElement): Node {
  const children: Node[] = [];
  for (let child = element.firstChild; child !== null; child = child.next) {
    if (child instanceof LibxmlElement) children.push(libxml(child));
  }
  const attributes = element.attrs.map(
    ({ name, prefix, value }) => `${prefix === '' ? '' : `${prefix}:`}${name}=${value}`,
  );
  // Our text stops at comments like theirs does not: the content of a leaf leaves comments out in both.
  return [element.namespaceUri, element.name, attributes, children.length === 0 ? element.content : '', children];
}

function sameTree(text: string): boolean {
  if (strictParse(Buffer.from(text), null) !== null) return false;
  const { root, faults } = readDocument(text, null);
  expect(faults).toEqual([]);
  const document = XmlDocument.fromBuffer(Buffer.from(text));
  try {
    expect(root === null ? null : ours(root)).toEqual(libxml(document.root));
  } finally {
    document.dispose();
  }
  return true;
}

describe('Reading a document into a tree', () => {
  it.each([
    ublInvoice(),
    ciiInvoice(),
    '<a b=" x&#10;y\n\tz&quot;" c=\'"\'>1\r\n2<!-- <b/> --><![CDATA[<b/>&amp;]]>3&#x20AC;</a>',
    '<a xmlns="u"><b xmlns=""><c xmlns:p="v" p:d="1"/></b><p:e xmlns:p="w"/></a>',
    '<é à="ü">œ</é>',
    '<a\n b = "1"\n/>',
  ])('gives the tree of the strict parser (%#)', (text) => {
    expect(sameTree(text)).toBe(true);
  });

  it('gives the tree of the strict parser for any document that the latter takes', () => {
    const name = fc.constantFrom('a', 'b', 'p:a', 'q:b');
    const text = fc.constantFrom('', ' ', 'x', '\n', '&lt;', '&#233;', '<![CDATA[<a>]]>', '<!-- - -->', ']', 'é');
    const { node } = fc.letrec<{ node: string }>((tie) => ({
      node: fc
        .tuple(
          name,
          fc.constantFrom('', ' c="1>2"', " c='&amp;\"'", ' xmlns="n"', ' xmlns:p="m" p:z=""', '\n'),
          fc.array(fc.oneof({ maxDepth: 4 }, text, tie('node')), { maxLength: 4 }),
        )
        .map(([tag, attributes, content]) =>
          content.length === 0 ? `<${tag}${attributes}/>` : `<${tag}${attributes}>${content.join('')}</${tag}>`,
        ),
    }));
    let compared = 0;
    fc.assert(
      fc.property(node, (inner) => {
        if (sameTree(`<r xmlns:p="urn:p" xmlns:q="urn:q">${inner}</r>`)) compared++;
      }),
      { numRuns: 400 },
    );
    expect(compared).toBeGreaterThan(200);
  });

  it('never fails, whatever it is given', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '<',
            '>',
            '/',
            'a',
            '"',
            "'",
            '=',
            '<!--',
            '-->',
            '<![CDATA[',
            ']]>',
            '<?',
            '&',
            '</a>',
            '<a>',
            ' ',
            'xmlns:b="c"',
            'b:',
          ),
          { maxLength: 40 },
        ),
        (parts) => {
          const { root } = readDocument(parts.join(''), null);
          expect(root === null || root.line >= 1).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('counts lines and positions', () => {
    const { root } = readDocument('<r>\n<a/>\n<b/><a>\n<c/></a></r>', null);
    const [, , second] = root?.children ?? [];
    expect(second?.location).toBe('/r[1]/a[2]');
    expect(second?.children[0]?.line).toBe(4);
  });
});

describe('The verdict of the strict parser', () => {
  it('takes a fragment with the declarations around it, and only with them', () => {
    const fragment = Buffer.from('<p:a q:b="1"><c/></p:a>');
    expect(strictParse(fragment, { p: 'urn:p', q: 'urn:"q"&', '': 'urn:d' })).toBeNull();
    expect(strictParse(fragment, null)).not.toBeNull();
  });

  it('does not let a fragment close what is wrapped around it', () => {
    expect(strictParse(Buffer.from('<a/></_><_>'), { p: 'urn:p' })).not.toBeNull();
  });
});
