import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { leafHash, merkleRoot } from './merkle.js';

function sha256(...parts: Buffer[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}

/** RFC 6962 section 2.1, word by word. */
function treeHash(leaves: Buffer[]): Buffer {
  const [only] = leaves;
  if (leaves.length === 1 && only) return only;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(Buffer.from([1]), treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split)));
}

describe('Merkle tree', () => {
  it('gives the known root of RFC 6962 test leaves', () => {
    // The first three entries of the reference test vectors of certificate-transparency.
    const leaves = ['', '00', '10'].map((content) =>
      sha256(Buffer.from([0]), Buffer.from(content, 'hex')).toString('hex'),
    );
    expect(leaves[0]).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
    expect(merkleRoot(leaves.slice(0, 2))).toBe('fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125');
    expect(merkleRoot(leaves)).toBe('aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77');
  });

  it('is the tree of RFC 6962 for any number of leaves', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { minLength: 1, maxLength: 70 }),
        (contents) => {
          const leaves = contents.map((content) => sha256(Buffer.from([0]), Buffer.from(content)));
          expect(contents.map((content) => leafHash(Buffer.from(content).toString('hex')))).toEqual(
            leaves.map((leaf) => leaf.toString('hex')),
          );
          expect(merkleRoot(leaves.map((leaf) => leaf.toString('hex')))).toBe(treeHash(leaves).toString('hex'));
        },
      ),
    );
  });

  it('has no root without a leaf', () => {
    expect(() => merkleRoot([])).toThrow(RangeError);
  });
});
