import { withoutLongBase64 } from './long-base64.js';
import { strictParse } from './strict-parse.js';

const long = `${'QUJD'.repeat(19)}\n`.repeat(60_000);

describe('A large document, for its parser', () => {
  it('is without its base64, and every line keeps its number', () => {
    const document = Buffer.from(`<a><b x="1">${long}</b>\n<c>${long}</c></a>`);
    const short = withoutLongBase64(document);
    expect(short.length).toBeLessThan(150_000);
    expect(short.toString().split('\n')).toHaveLength(document.toString().split('\n').length);
    expect(short.toString().replaceAll('\n', '')).toBe('<a><b x="1"></b><c></c></a>');
  });

  it('is left as it stands when it is small, or when what is long is not base64', () => {
    for (const text of ['<a>QUJD</a>', `<a>${long}&amp;</a>`, `<a b="${long}"/>`, long]) {
      const document = Buffer.from(text);
      expect(withoutLongBase64(document)).toBe(document);
    }
  });

  it('is as well formed or malformed as before, at the same line', () => {
    expect(strictParse(Buffer.from(`<a><!-- ${long} -->${long}<b>${long}</b></a>`), null)).toBeNull();
    for (const end of ['</b></a>', '</a', '&x;</a>', ']]></a>'])
      expect(strictParse(Buffer.from(`<a>${long}${end}`), null)).toMatchObject({ line: 60_001 });
  });
});
