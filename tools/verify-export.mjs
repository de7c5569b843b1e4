// Verifies an exported log (`repons events export`) on its own: node:crypto and nothing else, no code of the platform.
// What is hashed, and how, is written down in docs/decisions/0002-seals.md.
//
//   node verify-export.mjs FILE [NUMBER:HASH ...]     seals as published outside the database, to be found in the file
//
// Exit 0: whole; 1: something is not as it was recorded (each finding is one line); 2: the file cannot be read.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

const sha256 = (...parts) => parts.reduce((digest, part) => digest.update(part), createHash('sha256')).digest();
// Netstrings: length in bytes, colon, bytes, comma.
const fields = (...texts) => sha256(texts.map((text) => `${Buffer.byteLength(String(text))}:${text},`).join(''));
const eventHash = (e) =>
  fields('ES-EVENT-1', e.stream, e.version, e.id, e.type, e.schemaVersion, e.occurredAt, e.data, e.metadata).toString(
    'hex',
  );
const leaf = (e) => sha256(Buffer.from([0]), fields('ES-LEAF-1', e.transaction, e.position, e.recordedAt, e.hash));
const sealHash = ({ number, first, last, events, root, previous, sealedAt }) =>
  fields(
    'ES-SEAL-1',
    number,
    first.transaction,
    first.position,
    last.transaction,
    last.position,
    events,
    root,
    previous,
    sealedAt,
  ).toString('hex');
// RFC 6962, section 2.1: split at the greatest power of two below the length.
function root(leaves) {
  if (leaves.length === 1) return leaves[0];
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  return sha256(Buffer.from([1]), root(leaves.slice(0, half)), root(leaves.slice(half)));
}
const before = (a, b) =>
  BigInt(a.transaction) - BigInt(b.transaction) < 0n || (a.transaction === b.transaction && a.position < b.position);

/** Where a block departs from the fingerprints that its seal keeps: 4 bytes of each event's hash, 4 bytes of its leaf. */
function difference(seal, block) {
  const sealed = seal.fingerprints.match(/.{16}/g) ?? [];
  const standing = block.map((e) => e.hash.slice(0, 8) + leaf(e).toString('hex', 0, 4));
  let i = 0;
  while (i < standing.length && sealed[i] === standing[i]) i++;
  const position = (block[i] ?? seal.last).position;
  if (standing.length !== sealed.length)
    return [standing.length < sealed.length ? 'event-missing' : 'event-inserted', position];
  if (i === standing.length) return ['seal-changed', position];
  const content = standing[i].slice(0, 8);
  const moved = !sealed[i].startsWith(content) && sealed.some((fingerprint) => fingerprint.startsWith(content));
  return [moved ? 'events-moved' : 'event-changed', position];
}

async function verify(file, published) {
  const findings = [];
  const found = (kind, position, detail) => findings.push(`${kind} position=${position ?? '-'} ${detail}`);
  const versions = new Map();
  const count = { events: 0, seals: 0 };
  let [header, end, last, seal, block] = [null, null, null, null, []];
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const entry = JSON.parse(line);
    if (!header && (entry.kind !== 'header' || entry.format !== 'es-export-1'))
      throw new Error('not an es-export-1 file');
    if (entry.kind === 'header') header = entry;
    else if (entry.kind === 'end') end = entry;
    else if (entry.kind === 'event') {
      count.events++;
      if (eventHash(entry) !== entry.hash) found('event-changed', entry.position, 'it does not give its hash');
      if (last && !before(last, entry)) found('events-moved', entry.position, 'out of order');
      const version = versions.get(entry.stream) ?? (header.after ? entry.version - 1 : 0);
      if (!header.partial?.types && entry.version !== version + 1)
        found('stream-broken', entry.position, `${entry.stream}: version ${entry.version} follows ${version}`);
      versions.set(entry.stream, entry.version);
      last = entry;
      if (!header.partial) block.push(entry);
    } else if (entry.kind === 'seal') {
      count.seals++;
      // An export that begins inside a block does not hold the seal of that block.
      if (!seal && header.after) block = block.filter((event) => !before(event, entry.first));
      if (sealHash(entry) !== entry.hash) found('seal-changed', entry.first.position, `seal ${entry.number}`);
      const expected = seal
        ? { number: seal.number + 1, hash: seal.hash }
        : header.after
          ? null
          : { number: 1, hash: '0'.repeat(64) };
      if (expected && (entry.number !== expected.number || entry.previous !== expected.hash))
        found(
          'seal-chain-broken',
          entry.first.position,
          `seal ${entry.number} is not chained to seal ${expected.number - 1}`,
        );
      if (block.length !== entry.events || root(block.map(leaf)).toString('hex') !== entry.root)
        found(...difference(entry, block), `seal ${entry.number}`);
      if (published.get(entry.number) === entry.hash) published.delete(entry.number);
      [seal, block] = [entry, []];
    }
  }
  if (!end || end.events !== count.events || end.seals !== count.seals)
    found('file-cut', last?.position, 'the end is missing or counts otherwise');
  for (const number of published.keys()) found('seal-not-as-published', null, `seal ${number}`);
  return { findings, ...count, unsealed: header?.partial ? count.events : block.length };
}

const [file, ...seals] = process.argv.slice(2);
try {
  if (!file) throw new Error('usage: node verify-export.mjs FILE [NUMBER:HASH ...]');
  const {
    findings,
    events,
    seals: sealed,
    unsealed,
  } = await verify(file, new Map(seals.map((text) => [Number(text.split(':')[0]), text.split(':')[1]])));
  for (const finding of findings) console.log(finding);
  console.log(
    `${findings.length === 0 ? 'whole' : 'NOT WHOLE'}: ${events} events, ${sealed} seals, ${unsealed} events not sealed`,
  );
  process.exitCode = findings.length === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
