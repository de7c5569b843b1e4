import type { XmlElement } from '../../xml/element.js';
import { namespaces } from '../../xml/namespaces.js';
import { readDocument } from '../../xml/read-document.js';
import { absentPaths } from './absent-paths.js';
import { compare, exactOf } from './exact.js';
import { RuleSet, type Context } from './rule-set.js';

const ubl = (content: string): string =>
  `<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">${content}</Invoice>`;

function judge(contexts: readonly Context<null>[], text: string, most?: number) {
  const { root } = readDocument(text, null);
  if (root === null) throw new Error('the document was not read');
  return new RuleSet('test', [{ name: 'only', contexts }], () => null).judge(root, most);
}

const short: Context<null> = {
  match: 'cbc:Note',
  assertions: [{ rule: 'SHORT', severity: 'warning', holds: ({ text }) => text.length < 3 }],
};
const positive: Context<null> = {
  match: 'cbc:Amount',
  assertions: [{ rule: 'POSITIVE', severity: 'fatal', holds: (element) => compare(exactOf(element), 0) >= 0 }],
};

describe('A rule set', () => {
  it('gives an element the first context of a pattern that matches it, and no other', () => {
    const any: Context<null> = {
      match: 'cbc:*',
      assertions: [{ rule: 'ANY', severity: 'warning', holds: () => false }],
    };
    const { violations } = judge([short, any], ubl('<cbc:Note>long</cbc:Note><cbc:ID/>'));
    expect(violations.map(({ rule, at }) => [rule, at.localName])).toEqual([
      ['SHORT', 'Note'],
      ['ANY', 'ID'],
    ]);
  });

  it('says which value a rule could not be computed from', () => {
    const { violations, notComputable } = judge(
      [positive],
      ubl('<cbc:Amount>1E2</cbc:Amount><cbc:Amount>-1</cbc:Amount>'),
    );
    expect(notComputable.map(({ location }) => location)).toEqual(['/ubl:Invoice[1]/cbc:Amount[1]']);
    expect(violations).toMatchObject([{ rule: 'POSITIVE', severity: 'fatal' }]);
  });

  it('judges what a structure settles once, and every text', () => {
    let asked = 0;
    const once: Context<null> = {
      match: 'cbc:Note',
      assertions: [
        { rule: 'PLAIN', severity: 'warning', holds: ({ attributes }) => attributes.length === 0, settledBy: plain },
        ...short.assertions,
      ],
      intruders: absentPaths('warning', [['INSIDE', 'cbc:ID']]),
    };
    function plain({ attributes }: XmlElement): boolean {
      asked++;
      return attributes.length === 0;
    }
    const notes =
      '<cbc:Note>a</cbc:Note><cbc:Note>long</cbc:Note><cbc:Note a="">b</cbc:Note><cbc:Note><cbc:ID/></cbc:Note>';
    const { violations } = judge([once], ubl(notes.repeat(2)));
    expect(violations.map(({ rule }) => rule)).toEqual(['SHORT', 'PLAIN', 'INSIDE', 'SHORT', 'PLAIN', 'INSIDE']);
    expect(asked).toBe(3);
  });

  it('looks into lines, which the structure around them does not tell apart', () => {
    const document: Context<null> = {
      match: '/ubl:Invoice',
      assertions: [],
      intruders: absentPaths('warning', [['IN-LINE', 'cac:InvoiceLine/cbc:ID']]),
    };
    const line = (content: string): string =>
      ubl(`<a:InvoiceLine xmlns:a="${namespaces.cac}">${content}</a:InvoiceLine>`);
    expect(judge([document], line('')).violations).toEqual([]);
    expect(judge([document], line('<cbc:ID/>')).violations).toHaveLength(1);
    expect(judge([document], line('')).violations).toEqual([]);
  });

  it('keeps a bounded number of violations, and the first fatal one wherever it stands', () => {
    const content = `${'<cbc:Note>long</cbc:Note>'.repeat(50)}${'<cbc:Amount>-1</cbc:Amount>'.repeat(3)}`;
    const { violations } = judge([short, positive], ubl(content), 10);
    expect(violations.map(({ rule }) => rule)).toEqual([...Array<string>(10).fill('SHORT'), 'POSITIVE']);
  });
});

describe('The location of an element', () => {
  it('counts siblings of the same name, however many there are', () => {
    const { violations } = judge([short], ubl('<cbc:ID/><cbc:Note>long</cbc:Note>'.repeat(100)));
    expect(violations[99]?.at.location).toBe('/ubl:Invoice[1]/cbc:Note[100]');
  });
});
