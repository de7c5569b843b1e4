import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { strictParse } from '../xml/strict-parse.js';
import { Skeleton } from './skeleton.js';
import { SplitFault, XmlSplitter } from './xml-splitter.js';

const limits = { depth: 256, tagBytes: 64 * 1024, commentBytes: 1024 ** 2 };

interface Split {
  readonly invoices: readonly { readonly text: string; readonly offset: number; readonly fault: string | null }[];
  readonly outside: string;
}

/** The fault with which a batch is refused; null when it can be split. */
function faultOf(document: string, chunkSizes: readonly number[] = [], own = limits): SplitFault | null {
  try {
    split(Buffer.from(document), chunkSizes, own);
    return null;
  } catch (error) {
    if (error instanceof SplitFault) return error;
    throw error;
  }
}

function split(document: Buffer, chunkSizes: readonly number[] = [], own = limits): Split {
  const invoices: { text: string; offset: number; fault: string | null }[] = [];
  const outside: Buffer[] = [];
  let parts: Buffer[] = [];
  const splitter = new XmlSplitter(
    {
      outside: (bytes) => void outside.push(Buffer.from(bytes)),
      invoiceBytes: (bytes) => void parts.push(Buffer.from(bytes)),
      invoiceEnd: ({ offset, length, fault }) => {
        const text = Buffer.concat(parts);
        expect(text).toHaveLength(length);
        expect(text.equals(document.subarray(offset, offset + length))).toBe(true);
        invoices.push({ text: text.toString('latin1'), offset, fault });
        parts = [];
      },
    },
    own,
  );
  let at = 0;
  for (let turn = 0; at < document.length; turn++) {
    const size = chunkSizes[turn % Math.max(chunkSizes.length, 1)] ?? document.length;
    splitter.push(Buffer.from(document.subarray(at, at + size)));
    at += size;
  }
  splitter.end();
  return { invoices, outside: Buffer.concat(outside).toString('latin1') };
}

/** The verdict of pass one on a batch: its invoices when what is around them is well formed, null otherwise. */
function splitSoundly(document: Buffer): Split | null {
  try {
    const result = split(document);
    const skeleton = new Skeleton();
    let at = 0;
    for (const { offset, text } of result.invoices) {
      skeleton.write(document.subarray(at, offset), at);
      skeleton.writeStub();
      at = offset + text.length;
    }
    skeleton.write(document.subarray(at), at);
    skeleton.close();
    return result;
  } catch {
    return null;
  }
}

const batch = (...invoices: string[]): Buffer =>
  Buffer.from(`<?xml version="1.0"?>\n<l:Lot xmlns:l="urn:l">\n<l:Head/>${invoices.join('\n ')}\n</l:Lot>\n`);
const texts = (result: Split): string[] => result.invoices.map(({ text }) => text);

const plain = '<Invoice xmlns="urn:i"><ID>1</ID></Invoice>';
const tricky =
  '<Invoice xmlns="urn:i" note="a>b"><ID x=\'"\' y="\'">1 &amp; 2</ID><!-- </Invoice> <Invoice> --><N><![CDATA[</Invoice>&<Invoice>]]></N><?p </Invoice>?><Q/></Invoice>';
const prefixed = '<u:CreditNote xmlns:u="urn:c"><u:ID>3</u:ID></u:CreditNote>';
const cii = '<rsm:CrossIndustryInvoice xmlns:rsm="urn:r"><rsm:ID>4</rsm:ID></rsm:CrossIndustryInvoice>';

describe('Splitting a batch', () => {
  it('R42 finds every invoice, whatever hides in comments, CDATA sections, instructions and attributes', () => {
    const result = split(batch(plain, tricky, prefixed, cii, '<Invoice/>'));
    expect(texts(result)).toEqual([plain, tricky, prefixed, cii, '<Invoice/>']);
    expect(result.invoices.map(({ fault }) => fault)).toEqual([null, null, null, null, null]);
    expect(result.outside).toBe('<?xml version="1.0"?>\n<l:Lot xmlns:l="urn:l">\n<l:Head/>\n \n \n \n \n</l:Lot>\n');
  });

  it('does not take an element whose name only looks like an invoice', () => {
    const result = split(batch('<InvoiceLine/><MyInvoice/><Invoices/><l:Invoice2/>', plain));
    expect(texts(result)).toEqual([plain]);
  });

  it('gives the same for chunks of any size', () => {
    const document = batch(plain, tricky, prefixed, cii);
    const whole = split(document);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 }), (sizes) => {
        expect(split(document, sizes)).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['a tag that is not closed', '<Invoice><ID>x</Invoice>'],
    ['a closing tag too many', '<Invoice><ID>x</ID></ID></Invoice>'],
    ['a missing closing tag of the invoice', '<Invoice><ID>x</ID>'],
    ['a comment that is not closed', '<Invoice><!-- <ID>x</ID></Invoice>'],
    ['an attribute that is not closed', '<Invoice><ID x="1>x</ID></Invoice>'],
    ['a root attribute that is not closed', '<Invoice xmlns="urn:i><ID>x</ID></Invoice>'],
    ['a lone sign', '<Invoice><ID>a < b</ID></Invoice>'],
    ['a declaration', '<Invoice><!ENTITY x "y"><ID>x</ID></Invoice>'],
    ['a tag cut short', '<Invoice><ID</Invoice>'],
  ])('R42 keeps the neighbours of an invoice with %s', (_, broken) => {
    const other = '<Invoice xmlns="urn:i"><!-- ok --><ID a="b">2</ID></Invoice>';
    const result = split(batch(plain, broken, other, prefixed));
    const sound = result.invoices.filter(({ fault }) => fault === null).map(({ text }) => text);
    expect(sound).toEqual([plain, other, prefixed]);
    expect(result.invoices).toHaveLength(4);
    expect(result.invoices[1]?.fault).not.toBeNull();
  });

  it('R42 takes an invoice that starts inside another as its neighbour, whatever its format', () => {
    const result = split(batch('<Invoice><ID><Note>', prefixed, '<Invoice><ID>', cii));
    expect(result.invoices.filter(({ fault }) => fault === null).map(({ text }) => text)).toEqual([prefixed, cii]);
  });

  it('R42 keeps what precedes a last invoice whose closing tag is missing', () => {
    const result = split(batch(plain, '<Invoice><ID>x</ID>'));
    expect(result.invoices.map(({ fault }) => fault === null)).toEqual([true, false]);
    expect(result.outside.trimEnd()).toMatch(/<\/l:Lot>$/);
  });

  it('does not end an invoice at an inner element that has the name of the envelope', () => {
    const document = Buffer.from('<Lot><Invoice><Lot><A/></Lot></Invoice><Invoice/></Lot>');
    expect(texts(split(document))).toEqual(['<Invoice><Lot><A/></Lot></Invoice>', '<Invoice/>']);
  });

  it.each([
    ['in the middle of an invoice', '<Lot><Invoice><ID>', 'truncated', 5],
    ['in the envelope', '<Lot><Invoice/>', 'truncated', 15],
    ['inside a CDATA section', '<Lot><Invoice><![CDATA[ </Invoice></Lot>', 'truncated', 5],
    ['inside a tag of the envelope', '<Lot><Head a="', 'truncated', 14],
  ])('refuses a batch that stops %s', (_, text, kind, offset) => {
    expect(faultOf(text)).toMatchObject({ kind, offset });
    expect(faultOf(text, [3])).toMatchObject({ kind, offset });
  });

  it('refuses a DOCTYPE in the envelope, where it stands', () => {
    const text = '<?xml version="1.0"?><!DOCTYPE Lot [<!ENTITY a "b">]><Lot><Invoice/></Lot>';
    expect(faultOf(text)).toMatchObject({ kind: 'doctype', offset: 21 });
  });

  it('bounds depth and tag length of the envelope, and marks the invoice that breaks them', () => {
    const small = { depth: 3, tagBytes: 20, commentBytes: 30 };
    expect(faultOf('<a><b><c><d><Invoice/></d></c></b></a>', [], small)?.kind).toBe('too-deep');
    expect(faultOf(`<a ${'x'.repeat(40)}><Invoice/></a>`, [], small)?.kind).toBe('tag-too-long');
    const deep = split(Buffer.from('<a><Invoice><b><c><d/><e><f/></e></c></b></Invoice><Invoice/></a>'), [], small);
    expect(deep.invoices.map(({ fault }) => fault === null)).toEqual([false, true]);
    const long = split(Buffer.from(`<a><Invoice><b ${'x'.repeat(40)}/></Invoice><Invoice/></a>`), [7], small);
    expect(long.invoices.map(({ fault }) => fault === null)).toEqual([false, true]);
    const comment = split(Buffer.from(`<a><Invoice><!--${'x'.repeat(60)}--></Invoice><Invoice/></a>`), [5], small);
    expect(comment.invoices.map(({ fault }) => fault === null)).toEqual([false, true]);
  });
});

const tokens = [
  '<',
  '>',
  '/',
  '"',
  "'",
  '&',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?',
  '?>',
  '</Invoice>',
  '<Invoice>',
  '<Invoice',
  '=',
  ' ',
  '--',
  '<ID>',
  '</ID>',
  '</l:Lot>',
  '<l:Lot>',
  'xmlns="u"',
  '&#1;',
  '!',
  '<a/>',
  'é',
  '\u0000',
];

const mutation = fc.record({
  at: fc.noBias(fc.integer({ min: 0, max: 9_999 })).map((place) => place / 10_000),
  remove: fc.integer({ min: 0, max: 6 }),
  insert: fc.oneof(fc.constantFrom(...tokens, ''), fc.string({ maxLength: 4 })),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

function mutate(text: string, changes: readonly Mutation[]): string {
  return changes.reduce((now, { at, remove, insert }) => {
    const place = Math.floor(at * now.length);
    return now.slice(0, place) + insert + now.slice(place + remove);
  }, text);
}

/** Whether a strict parser of the whole document, the reference, finds it well formed. */
function wellFormed(document: Buffer): boolean {
  try {
    const parser = new SaxesParser({ xmlns: true });
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('doctype', () => {
      throw new Error('doctype');
    });
    parser.write(document.toString('utf8')).close();
    return true;
  } catch {
    return false;
  }
}

/** Offsets at which the reference parser sees the outermost invoices begin. */
function referenceStarts(document: Buffer): number {
  const parser = new SaxesParser({ xmlns: true });
  let depth = 0;
  let inside: number | null = null;
  let count = 0;
  let nested = false;
  parser.on('opentag', (tag) => {
    if (/^(Invoice|CreditNote|CrossIndustryInvoice)$/.test(tag.local) && depth > 0) {
      if (inside === null) {
        count++;
        inside = depth;
      } else nested = true;
    }
    depth++;
  });
  parser.on('closetag', () => {
    depth--;
    if (depth === inside) inside = null;
  });
  parser.write(document.toString('utf8')).close();
  return nested ? -1 : count;
}

describe('Splitting mutated batches', () => {
  const document = batch(plain, tricky, plain, prefixed).toString('utf8');

  it('gives the same verdict and bytes for any chunks', () => {
    fc.assert(
      fc.property(
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 4 }),
        (changes, sizes) => {
          const mutated = Buffer.from(mutate(document, changes));
          const attempt = (chunks: readonly number[]): unknown => {
            try {
              return split(mutated, chunks);
            } catch (error) {
              if (!(error instanceof SplitFault)) throw error;
              return error.kind;
            }
          };
          expect(attempt(sizes)).toEqual(attempt([]));
        },
      ),
      { numRuns: 600 },
    );
  });

  it('finds every invoice of a batch that stays well formed, and refuses or marks the others', () => {
    let sound = 0;
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 2 }), (changes) => {
        const mutated = Buffer.from(mutate(document, changes));
        const result = splitSoundly(mutated);
        const expected = wellFormed(mutated) ? referenceStarts(mutated) : null;
        if (expected !== null && expected >= 0) {
          sound++;
          expect(result?.invoices.map(({ fault }) => fault)).toEqual(Array.from({ length: expected }, () => null));
        } else if (expected === null && result !== null) {
          // What is not well formed has at least one invoice that the strict parser of pass two refuses.
          const context = { l: 'urn:l' };
          const bad = result.invoices.filter(
            ({ text, fault }) => fault !== null || strictParse(Buffer.from(text, 'latin1'), context) !== null,
          );
          expect(bad.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 1000 },
    );
    expect(sound).toBeGreaterThan(30);
  });

  it('R42 never loses or changes the neighbours of a mutated invoice, unless the whole is refused', () => {
    let survived = 0;
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (changes) => {
        const victim = mutate(tricky, changes);
        const mutated = batch(plain, victim, prefixed, cii);
        const result = splitSoundly(mutated);
        if (result === null) return;
        survived++;
        const found = texts(result);
        expect(found[0]).toBe(plain);
        // A CDATA section or an instruction that the mutation opened may legally reach over its neighbours: then the whole
        // is what XML says it is.
        if (wellFormed(mutated)) return;
        expect(found.slice(-2)).toEqual([prefixed, cii]);
      }),
      { numRuns: 1000 },
    );
    expect(survived).toBeGreaterThan(200);
  });
});
