import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { ciiInvoice, ublInvoice } from '../../../../test/support/invoice-documents.js';
import { fullCii, fullUbl } from '../../../../test/support/full-documents.js';
import type { XmlElement } from './element.js';
import { readDocument } from './read-document.js';
import { readPlain } from './read-plain.js';
import { strictParse } from './strict-parse.js';

const data = fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const plain = (text: string, context: Record<string, string> | null = null): XmlElement | null =>
  readPlain(Buffer.from(text), context);

/** A document with every construct that is taken as plain. */
const everything = `<?xml version='1.0' encoding="utf-8" standalone="yes" ?>
<!-- a - b --><p:r xmlns:p="urn:p" xmlns="urn:d" xmlns:q = 'urn:q' q:z="1" z="&lt;&#10;\té"
>é&amp;&#x20AC;]<a/><b x='"' y="'>"></b><![CDATA[<a>&b;]]]]><c xmlns=""
/>1\r\n2 ]] > <p:d_1.-e>x<!-- <y> -->y<![CDATA[&]]>z</p:d_1.-e></p:r><!---->
`;

const samples = [everything, ublInvoice(), ciiInvoice(), fullUbl(), fullCii()];

function tree(element: XmlElement): unknown {
  const { namespace, name, text, line, location, attributes, start, mayHaveAttributes, children } = element;
  if (!mayHaveAttributes && attributes.length > 0) throw new Error(`${location} has attributes that it denies`);
  const shown = attributes.map((one) => ({ ...one }));
  return [namespace, name.written, text, line, location, shown, start >= 0, children.map(tree)];
}

/** What is proved must be taken by the strict parser, and read as the tolerant reader reads it; whether it is proved. */
function agrees(text: string, context: Record<string, string> | null): boolean {
  const root = plain(text, context);
  if (root === null) return false;
  const fault = strictParse(Buffer.from(text), context);
  if (fault !== null) throw new Error(`Taken as plain, and refused by the strict parser: ${fault.reason} in ${text}`);
  const read = readDocument(text, context);
  expect(read.faults).toEqual([]);
  // As texts: comparing thousands of trees by `toEqual` takes most of the time of this file.
  expect(JSON.stringify(tree(root))).toBe(JSON.stringify(read.root === null ? null : tree(read.root)));
  return true;
}

describe('Reading a plain document', () => {
  it.each(samples)('proves it and gives the tree of the tolerant reader (%#)', (text) => {
    expect(agrees(text, null)).toBe(true);
  });

  it('proves a fragment with the declarations around it, and only with them', () => {
    const fragment = '<p:a q:b="1"><c/></p:a>';
    expect(agrees(fragment, { p: 'urn:p', q: 'urn:q', '': 'urn:d' })).toBe(true);
    expect(plain(fragment, { p: 'urn:p' })).toBeNull();
    expect(plain(fragment)).toBeNull();
  });

  it.each([
    [{ xml: 'urn:p' }],
    [{ xmlns: 'urn:p' }],
    [{ p: '' }],
    [{ é: 'urn:p' }],
    [{ p: 'http://www.w3.org/2000/xmlns/' }],
    [{ p: 'a b' }],
  ])('leaves a fragment in the context %j to the strict parser', (context) => {
    expect(plain('<a/>')).not.toBeNull();
    expect(plain('<a/>', context)).toBeNull();
  });

  it('decodes what is beyond ASCII, and finds it at its line', () => {
    const root = plain('<a>\n<b c="é€">Câble 😀 œ</b>\r\n<!-- é --><d>x<![CDATA[é&]]>€</d></a>');
    const [b, d] = root?.children ?? [];
    expect([b?.text, b?.attribute('c'), b?.line, b?.stretch]).toEqual(['Câble 😀 œ', 'é€', 2, null]);
    expect([d?.text, d?.line, d?.location]).toEqual(['xé&€', 3, '/a[1]/d[1]']);
  });

  it('gives a text without references as a stretch of the document', () => {
    const { source, start, end } = plain('<a>é<b>QUJD\n</b></a>')?.children[0]?.stretch ?? {
      source: '',
      start: 0,
      end: 0,
    };
    expect(source.slice(start, end)).toBe('QUJD\n');
    expect(plain('<a>QUJD&#10;</a>')?.stretch).toBeNull();
  });
});

describe('What is not plain is left to the strict parser', () => {
  it.each([
    '',
    ' ',
    '<a>',
    '<a></b>',
    '<a/><b/>',
    '<a/>x',
    'x<a/>',
    '<a/>&amp;',
    '<!DOCTYPE a><a/>',
    '<?p?><a/>',
    '<a><?p?></a>',
    ' <?xml version="1.0"?><a/>',
    '<?xml version="1.1"?><a/>',
    '<?xml version="1.0" encoding="ISO-8859-1"?><a/>',
    '<?xml version="1.0" standalone="yes" encoding="UTF-8"?><a/>',
    '<?xml version="1.0"encoding="UTF-8"?><a/>',
    '<é/>',
    '<a:/>',
    '<:a/>',
    '<a:b:c xmlns:a="u"/>',
    '<a:1 xmlns:a="u"/>',
    '<1/>',
    '<-a/>',
    '<xml:a/>',
    '<xmlns:a/>',
    '<p:a/>',
    '<a p:b=""/>',
    '<a xml:lang="fr"/>',
    '<a b/>',
    '<a b=c/>',
    '<a b="<"/>',
    '<a b="c"d="e"/>',
    '<a b=""b=""/>',
    '<a b="" b=""/>',
    '<a xmlns:p="u" xmlns:q="u" p:b="" q:b=""/>',
    '<a xmlns="u" xmlns="u"/>',
    '<a xmlns:p="u" xmlns:p="u"/>',
    '<a xmlns:p=""/>',
    '<a xmlns:xml="http://www.w3.org/XML/1998/namespace"/>',
    '<a xmlns:xmlns="u"/>',
    '<a xmlns="http://www.w3.org/XML/1998/namespace"/>',
    '<a xmlns:p="http://www.w3.org/2000/xmlns/"/>',
    '<a><b xmlns:p="u"/><p:c/></a>',
    '<a><b xmlns:p="u"></b><p:c/></a>',
    '<a / >',
    '< a/>',
    '<a></ a>',
    '<a>&b;</a>',
    '<a>&</a>',
    '<a>&#0;</a>',
    '<a>&#xD800;</a>',
    '<a>&#xFFFE;</a>',
    '<a>&#1114112;</a>',
    '<a b="&c;"/>',
    '<a>]]></a>',
    '<a>\u0000</a>',
    '<a>\u0001</a>',
    '<a>\uffff</a>',
    '<a b="\ufffe"/>',
    '<a b="\u0008"/>',
    '<a><!-- \u0002 --></a>',
    '<a><![CDATA[\u0003]]></a>',
    '<a><!-- -- --></a>',
    '<a><!-- ---></a>',
    '<a><!--></a>',
    '<a><!-- </a>',
    '<a><![CDATA[</a>',
    '<![CDATA[]]><a/>',
    '<a/><![CDATA[]]>',
    '<a><![cdata[]]></a>',
    '\ufeff<a/>',
  ])('%j', (text) => {
    expect(plain(text)).toBeNull();
  });

  it('beyond a limit', () => {
    const nested = (depth: number): string => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`;
    expect(plain(nested(256))).not.toBeNull();
    expect(plain(nested(257))).toBeNull();
    const many = (count: number): string => `<a ${Array.from({ length: count }, (_, at) => `b${at}=""`).join(' ')}/>`;
    expect(plain(many(64))).not.toBeNull();
    expect(plain(many(65))).toBeNull();
    expect(plain(`<a b="${'c'.repeat(65_000)}"/>`)).not.toBeNull();
    expect(plain(`<a b="${'c'.repeat(66_000)}"/>`)).toBeNull();
  });

  it('and hostile names fill no table: the next document is read all the same', () => {
    const names = Array.from({ length: 10_000 }, (_, at) => `<n${at}/>`).join('');
    expect(agrees(`<a>${names}</a>`, null)).toBe(true);
    expect(agrees('<after-them><n1/><never-seen/></after-them>', null)).toBe(true);
  });
});

describe('R42 What reading proves, the strict parser takes', () => {
  const signs = '<>/!?&;#]["\'=:- \t\r\nax1é\u0001\ufffe'.split('');
  const pieces = [
    ...signs,
    'xmlns',
    'xmlns:p="u"',
    ' p:b=""',
    'xml:',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?',
    '&#',
    '<a>',
    '</a>',
  ];

  it('of any arrangement of pieces of documents', () => {
    let proved = 0;
    const piece = fc.constantFrom(
      ...pieces,
      '<a',
      '<p:a',
      '/>',
      ' b="',
      ' xmlns="',
      '<a/>',
      '</p:a>',
      ' x="1"',
      '&lt;',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.boolean(), (parts, wrapped) => {
        const inner = parts.join('');
        if (agrees(wrapped ? `<r xmlns:p="urn:p">${inner}</r>` : inner, null)) proved++;
        if (agrees(inner, { p: 'urn:p' })) proved++;
      }),
      { numRuns: 4_000 },
    );
    expect(proved).toBeGreaterThan(200);
  });

  it('of documents in which characters were deleted, inserted, replaced or moved', () => {
    let proved = 0;
    let refused = 0;
    const short = [everything, `<r xmlns:p="urn:p"><p:a b="1" c='2'>x</p:a><d/>y&amp;<!-- z --></r>`];
    const change = fc.record({
      at: fc.nat(),
      removed: fc.integer({ min: 0, max: 3 }),
      inserted: fc.constantFrom('', '', ...pieces),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...short, ...short, ...short, ublInvoice()),
        fc.array(change, { minLength: 1, maxLength: 2 }),
        (sample, changes) => {
          let text = sample;
          for (const { at, removed, inserted } of changes) {
            const from = at % (text.length + 1);
            text = text.slice(0, from) + inserted + text.slice(from + removed);
          }
          if (agrees(text, null)) proved++;
          else refused++;
        },
      ),
      { numRuns: 4_000 },
    );
    expect(Math.min(proved, refused)).toBeGreaterThan(250);
  });
});

if (existsSync(data)) {
  describe('R42 Official documents', () => {
    const folders = [
      'afnor',
      'chorus-pro/FSO1116A',
      'chorus-pro/FSO1117A',
      'en16931/examples/cii',
      'en16931/examples/ubl',
    ];
    const files = folders
      .flatMap((folder) => readdirSync(join(data, folder)).map((name) => join(data, folder, name)))
      .filter((file) => file.endsWith('.xml'));

    it('are all plain', () => {
      const others = files.filter((file) => {
        const text = readFileSync(file, 'utf8').replace(/^\ufeff/, '');
        return !agrees(text, null);
      });
      expect(files.length).toBeGreaterThan(30);
      expect(others).toEqual([]);
    });
  });
}
