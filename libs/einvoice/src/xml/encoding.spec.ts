import { detectEncoding } from './encoding.js';
import { strictParse } from './strict-parse.js';

const declared = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?><a/>`;
const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');

describe('The encoding of a document', () => {
  it.each([
    ['UTF-8 without a declaration', Buffer.from('<a/>'), { name: 'utf-8', bomBytes: 0, declared: null }],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${declared('utf-8')}`), { name: 'utf-8', bomBytes: 3 }],
    ['UTF-16 with its mark', utf16(declared('UTF-16')), { name: 'utf-16le', bomBytes: 2 }],
    ['ISO-8859-1 as declared', Buffer.from(declared('iso-8859-1')), { name: 'iso-8859-1', bomBytes: 0 }],
    ['one that is not known', Buffer.from(declared('x-mac')), { name: 'unsupported', declared: 'x-mac' }],
  ])('is %s', (_, bytes, expected) => {
    expect(detectEncoding(bytes)).toMatchObject(expected);
  });

  it.each([
    ['a mark of UTF-8 before iso-8859-1', Buffer.from(`\ufeff${declared('iso-8859-1')}`)],
    ['a mark of UTF-8 before utf-16', Buffer.from(`\ufeff${declared('utf-16')}`)],
    ['UTF-16 that calls itself utf-8', utf16(declared('utf-8'))],
  ])('is not guessed when the bytes contradict the declaration: %s', (_, bytes) => {
    expect(detectEncoding(bytes)).toMatchObject({
      name: 'unsupported',
      declared: expect.stringContaining('alors que') as string,
    });
  });
});

describe('A document of XML 1.1', () => {
  it('is malformed when it holds a control character that XML 1.0 lets pass', () => {
    const text = (version: string) => Buffer.from(`<?xml version="${version}"?>\n<a>\u0080</a>`);
    expect(strictParse(text('1.0'), null)).toBeNull();
    expect(strictParse(text('1.1'), null)).toMatchObject({ line: 2 });
  });
});
