import { DocumentSource } from './document-source.js';

describe('A document held as its UTF-8', () => {
  it.each([
    '',
    'plain',
    'é',
    'à côté',
    '€ 12',
    'a\u{1f600}b',
    '\u07ff\u0800\uffff\u{10000}\u{10ffff}',
    'é'.repeat(200),
  ])('gives its texts as they were written: %s', (text) => {
    const source = `<a>${Buffer.from(text).toString('latin1')}</a>`;
    expect(new DocumentSource(source, true).written(3, source.length - 4)).toBe(text);
  });
});
