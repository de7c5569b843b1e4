import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { tarOf, zipOf, type ZipFaults } from '../../../../test/support/archives.js';
import { ublInvoice } from '../../../../test/support/invoice-documents.js';
import { ContainerRefused } from './container-refused.js';
import { indexContainer } from './index-container.js';
import type { IndexEntry } from './index-entry.js';
import { readIndex } from './read-index.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'einvoice-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function index(bytes: Buffer): Promise<IndexEntry[]> {
  const source = join(folder, 'flow');
  await writeFile(source, bytes);
  const { indexPath } = await indexContainer({ source, workFolder: folder });
  const entries: IndexEntry[] = [];
  for await (const batch of readIndex(indexPath)) entries.push(...batch);
  return entries;
}

async function refusalRule(bytes: Buffer): Promise<string> {
  try {
    await index(bytes);
  } catch (error) {
    if (error instanceof ContainerRefused) return error.finding.rule;
    throw error;
  }
  return 'taken';
}

const two = [
  ['a.xml', ublInvoice({ number: 'A' })],
  ['b.xml', ublInvoice({ number: 'B' })],
] as const;

describe('Hostile zips', () => {
  it.each<[string, ZipFaults, string]>([
    ['nothing wrong', {}, 'taken'],
    ['encrypted members', { flags: 1 }, 'FILE-ARCHIVE-ENCRYPTED'],
    ['strongly encrypted members', { flags: 0x41 }, 'FILE-ARCHIVE-ENCRYPTED'],
    ['an exotic compression', { method: 12 }, 'FILE-ARCHIVE-METHOD'],
    ['a wrong checksum', { crcChange: 1 }, 'FILE-ARCHIVE-CORRUPT'],
    ['members larger than announced', { declaredSize: 10 }, 'FILE-ARCHIVE-CORRUPT'],
    ['members smaller than announced', { declaredSize: 10_000 }, 'FILE-ARCHIVE-CORRUPT'],
    ['members that share their bytes', { overlap: true }, 'FILE-ARCHIVE-OVERLAP'],
  ])('with %s', async (_, faults, rule) => {
    expect(await refusalRule(await zipOf(two, faults))).toBe(rule);
  });

  it('with links refuse the links alone', async () => {
    const entries = await index(await zipOf(two, { externalAttributes: (0o120777 << 16) | 0 }));
    expect(entries.map(({ refusal }) => refusal?.rule)).toEqual(['MEMBER-LINK', 'MEMBER-LINK']);
  });

  it('with bytes behind their end are refused', async () => {
    expect(await refusalRule(Buffer.concat([await zipOf(two), Buffer.from('junk')]))).toMatch(/^FILE-ARCHIVE-/);
  });
});

describe('Hostile tars', () => {
  it('with links and devices refuse these alone', async () => {
    const tar = await tarOf(two, [
      { name: 'link.xml', type: 'symlink', linkname: '/etc/passwd' },
      { name: 'hard.xml', type: 'link', linkname: 'a.xml' },
      { name: 'null', type: 'character-device' },
    ]);
    const entries = await index(gzipSync(tar));
    expect(entries.map(({ refusal }) => refusal?.rule)).toEqual([
      undefined,
      undefined,
      'MEMBER-LINK',
      'MEMBER-LINK',
      'MEMBER-LINK',
    ]);
  });

  it('with a damaged header are refused', async () => {
    const tar = await tarOf(two);
    const second = tar.indexOf('b.xml');
    tar[second] = (tar[second] ?? 0) ^ 1;
    expect(await refusalRule(tar)).toBe('FILE-ARCHIVE-CORRUPT');
    expect(await refusalRule(gzipSync(tar))).toBe('FILE-ARCHIVE-CORRUPT');
  });

  it('with a damaged gzip trailer are refused, and nothing of them is let in', async () => {
    const packed = gzipSync(await tarOf(two));
    packed[packed.length - 6] = (packed[packed.length - 6] ?? 0) ^ 1;
    expect(await refusalRule(packed)).toBe('FILE-ARCHIVE-CORRUPT');
  });

  it('with bytes behind the gzip are refused, padding excepted', async () => {
    const packed = gzipSync(await tarOf(two));
    expect(await refusalRule(Buffer.concat([packed, Buffer.from('junk')]))).toBe('FILE-ARCHIVE-CORRUPT');
    expect(await refusalRule(Buffer.concat([packed, Buffer.alloc(512)]))).toBe('taken');
  });

  it('inside a gzip inside a gzip are refused', async () => {
    expect(await refusalRule(gzipSync(gzipSync(await tarOf(two))))).toBe('FILE-ARCHIVE-NESTED');
  });

  it('that unpack to gigabytes are refused before they do', async () => {
    // A gigabyte of zeros, announced honestly, in one megabyte: gzip members one after the other.
    const header = (await tarOf([['big.xml', 'x']])).subarray(0, 512);
    header.write((1024 ** 3).toString(8).padStart(11, '0'), 124, 'latin1');
    header.fill(0x20, 148, 156);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    const zeros = gzipSync(Buffer.alloc(16 * 1024 ** 2));
    const bomb = Buffer.concat([gzipSync(header), ...Array.from({ length: 60 }, () => zeros)]);
    const before = process.memoryUsage.rss();
    expect(await refusalRule(bomb)).toBe('FILE-ARCHIVE-RATIO');
    expect(process.memoryUsage.rss() - before).toBeLessThan(200 * 1024 ** 2);
  });
});
