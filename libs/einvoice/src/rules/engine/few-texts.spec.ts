import { FewTexts } from './few-texts.js';

describe('A set of few texts', () => {
  it.each([1, 16, 17, 100])('holds each of %i texts once', (count) => {
    const texts = new FewTexts();
    const put = Array.from({ length: count }, (_, index) => `code ${index}`);
    for (const text of [...put, ...put]) texts.add(text);
    expect(put.every((text) => texts.has(text))).toBe(true);
    expect(texts.has('another')).toBe(false);
    expect(texts.otherThan('code 0')).toBe(put[1]);
    expect(texts.otherThan('another')).toBe('code 0');
  });
});
