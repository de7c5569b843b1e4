import { documentTypeOf } from './document-type.js';
import { extensionOf, storableName } from './document-name.js';

describe('The type of a document', () => {
  it.each([
    ['%PDF-1.4', 'application/pdf'],
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
    ['GIF89a', 'image/gif'],
    ['II*\0', 'image/tiff'],
    ['PK\x03\x04', 'application/zip'],
    ['\x1f\x8b\x08', 'application/gzip'],
    ['{\\rtf1', 'application/rtf'],
    ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/x-ole-storage'],
    ['0\x82\x01\x02\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02', 'application/pkcs7-signature'],
    ['<?xml version="1.0"?><a/>', 'application/xml'],
    ['\xef\xbb\xbf<svg/>', 'application/xml'],
    ['nom;montant\r\n', 'text/plain'],
    ['MZ\x90\0', 'application/x-msdownload'],
    ['\0\x01\x02', 'application/octet-stream'],
    ['', 'application/octet-stream'],
  ])('of %j is %s', (bytes, mime) => {
    expect(documentTypeOf(Buffer.from(bytes, 'latin1')).mime).toBe(mime);
  });
});

describe('The name of a document', () => {
  it.each([
    ['a.PDF', 'pdf'],
    ['a.tar.gz', 'gz'],
    ['a', null],
    ['.profile', null],
    ['a.', null],
    ['a. b', null],
  ])('%s has the extension %s', (name, extension) => {
    expect(extensionOf(name)).toBe(extension);
  });

  it.each([
    ['a/b:c.pdf', 'a_b_c.pdf'],
    ['..', '_'],
    [`${'x'.repeat(49)}.pdf`, `${'x'.repeat(46)}.pdf`],
    [`a.${'x'.repeat(60)}`, `a.${'x'.repeat(48)}`],
    ['😀'.repeat(60), '😀'.repeat(50)],
  ])('%s is stored as %s', (name, stored) => {
    expect(storableName(name, { nameCharacters: 50 })).toBe(stored);
  });
});
