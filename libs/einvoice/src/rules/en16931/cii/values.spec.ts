import { readDocument } from '../../../xml/read-document.js';
import type { XmlElement } from '../../../xml/element.js';
import { NotComputable } from '../../engine/decimal.js';
import { decimal } from '../../engine/exact.js';
import { centsOfNumber } from './rounding.js';
import { normalised, numberOf } from '../../engine/values.js';
import { anyIndicates, anyNumber, compareNumber, only, zeroWanted } from './values.js';

function element(text: string): XmlElement {
  const { root } = readDocument(`<a>${text}</a>`, null);
  if (root === null) throw new Error('Not read');
  return root;
}

describe('values of CII documents', () => {
  it('normalises the white space of XML and no other', () => {
    expect(normalised(' a \n b\t')).toBe('a b');
    expect(normalised('a\u00a0')).toBe('a\u00a0');
    expect(normalised('a')).toBe('a');
  });

  it.each([
    ['12.50', 12.5],
    [' +.5 ', 0.5],
    ['1E2', 100],
    ['-INF', -Infinity],
  ])('reads %j as a number', (text, value) => {
    expect(numberOf(element(text))).toBe(value);
  });

  it.each(['', ' ', 'abc', '12,50', '0x10', 'Infinity', '1 000', '12.5\u00a0'])('takes %j for no number', (text) => {
    expect(() => numberOf(element(text))).toThrow(NotComputable);
  });

  it('orders minus zero below zero unless it is written as an integer', () => {
    expect(compareNumber(element('-0.00'), zeroWanted)).toBeLessThan(0);
    expect(compareNumber(element('-0'), zeroWanted)).toBe(0);
    expect(compareNumber(element('-0'), { value: 0, isInteger: false })).toBeLessThan(0);
    expect(compareNumber(element('NaN'), zeroWanted)).toBeGreaterThan(0);
  });

  it('stops at the first value that is enough, and fails on one before it that is none', () => {
    expect(anyNumber([element('1'), element('x')], 'is above', zeroWanted)).toBe(true);
    expect(() => anyNumber([element('x'), element('1')], 'is above', zeroWanted)).toThrow(NotComputable);
    expect(anyIndicates([element(' 0 ')], false)).toBe(true);
    expect(() => anyIndicates([element('non')], false)).toThrow(NotComputable);
  });

  it('takes a second value for one too many', () => {
    expect(() => only([element('1'), element('2')])).toThrow(NotComputable);
  });

  it('rounds the exact value of a double: 1.005 is a little less', () => {
    expect(decimal(centsOfNumber(1.005, element(''))).toFixed()).toBe('1');
    expect(decimal(centsOfNumber(0.125, element(''))).toFixed()).toBe('0.13');
    expect(decimal(centsOfNumber(-0.125, element(''))).toFixed()).toBe('-0.12');
    expect(() => centsOfNumber(Infinity, element(''))).toThrow(NotComputable);
  });
});
