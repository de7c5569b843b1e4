import { gzipSync } from 'node:zlib';
import { tarOf, zipOf } from '../../../../test/support/archives.js';
import { recognise } from './recognise.js';

describe('Recognising a file by its content (R42)', () => {
  it.each([
    ['XML with a declaration', '<?xml version="1.0"?><a/>', { kind: 'xml', encoding: { name: 'utf-8' } }],
    ['XML without one', '<a/>', { kind: 'xml' }],
    ['XML after white space and a comment', '\n <!-- %PDF- --><a/>', { kind: 'xml' }],
    ['a PDF', '%PDF-1.7\n', { kind: 'pdf' }],
    ['a PDF after other bytes', `${'x'.repeat(1000)}%PDF-1.7`, { kind: 'pdf' }],
    ['no PDF when the signature comes too late', `${'x'.repeat(1100)}%PDF-1.7`, { kind: 'unknown' }],
    ['text', 'Bonjour', { kind: 'unknown' }],
    ['a lone sign', '< a', { kind: 'unknown' }],
    ['nothing', '', { kind: 'empty' }],
  ])('sees %s', (_, text, expected) => {
    expect(recognise(Buffer.from(text))).toMatchObject(expected);
  });

  it('sees archives, and what is inside a gzip', async () => {
    const tar = await tarOf([['a.xml', '<a/>']]);
    expect(recognise(tar)).toEqual({ kind: 'tar' });
    expect(recognise(gzipSync(tar))).toEqual({ kind: 'gzip', inside: 'tar' });
    expect(recognise(gzipSync('<a/>'))).toEqual({ kind: 'gzip', inside: 'other' });
    expect(recognise(Buffer.from([0x1f, 0x8b, 9, 9, 9]))).toEqual({ kind: 'gzip', inside: 'unreadable' });
    expect(recognise(await zipOf([['a.xml', '<a/>']]))).toEqual({ kind: 'zip' });
    expect(recognise(await zipOf([]))).toEqual({ kind: 'zip' });
  });

  it('sees an old tar without magic by its checksum', async () => {
    const tar = Buffer.from(await tarOf([['a.xml', '<a/>']]));
    tar.fill(0, 257, 265);
    expect(recognise(tar).kind).toBe('unknown');
    let sum = 8 * 0x20;
    for (let at = 0; at < 512; at++) if (at < 148 || at >= 156) sum += tar[at] ?? 0;
    tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    expect(recognise(tar)).toEqual({ kind: 'tar' });
  });

  it('spends no memory on the head of a bomb', () => {
    const bomb = gzipSync(Buffer.alloc(50 * 1024 ** 2));
    expect(recognise(bomb.subarray(0, 64 * 1024))).toEqual({ kind: 'gzip', inside: 'tar' });
  });
});
