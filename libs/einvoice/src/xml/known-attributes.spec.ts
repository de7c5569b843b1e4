import { readPlain } from './read-plain.js';

const attributesOf = (document: string): unknown =>
  readPlain(Buffer.from(document), null)?.attributes.map(({ name, value }) => [name, value]);

describe('Attributes that are written like others before', () => {
  it('are read alike, in an element that is empty or is not', () => {
    const read = ['<a x="1" y="é"/>', '<a x="1" y="é"/>', '<b x="1" y="é"></b>', '<b x="1" y="é"></b>'].map(
      attributesOf,
    );
    expect(read).toEqual(
      new Array(4).fill([
        ['x', '1'],
        ['y', 'é'],
      ]),
    );
  });

  it('are told from those that differ in a value, and from those that go on behind a sign like the end of a tag', () => {
    for (let times = 0; times < 3; times++) {
      expect(attributesOf('<a x="1>2"/>')).toEqual([['x', '1>2']]);
      expect(attributesOf('<a x="1>3"/>')).toEqual([['x', '1>3']]);
      expect(attributesOf('<a x="2"/>')).toEqual([['x', '2']]);
    }
  });

  it('are not taken for proved when they were refused, or when their prefix is bound to nothing', () => {
    for (let times = 0; times < 3; times++) {
      expect(attributesOf('<a x="1" x="2"/>')).toBeUndefined();
      expect(attributesOf('<a xmlns:p="urn:p" p:x="1"><b p:x="1"/></a>')).toHaveLength(2);
      expect(attributesOf('<a p:x="1"/>')).toBeUndefined();
      expect(attributesOf('<a x="1" / >')).toBeUndefined();
    }
  });
});
