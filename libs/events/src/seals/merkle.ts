import { hash } from 'node:crypto';

const LEAF = Buffer.from([0x00]);
const NODE = Buffer.from([0x01]);

/** The hash of a leaf, 32 bytes: SHA-256(0x00 ‖ content), RFC 6962 section 2.1. */
export function leafHash(content: Buffer): Buffer {
  return hash('sha256', Buffer.concat([LEAF, content]), 'buffer');
}

/**
 * The Merkle tree hash of leaf hashes, 32 bytes, as RFC 6962 section 2.1 defines it: a list is split at the greatest power
 * of two below its length, SHA-256(0x01 ‖ left ‖ right). Joining neighbours level by level and carrying an odd last one
 * up gives the same tree.
 * @throws RangeError for an empty list: an empty block is never sealed.
 */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  let level = [...leaves];
  while (level.length > 1) {
    const above: Buffer[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const [left, right] = [level[index], level[index + 1]];
      if (left) above.push(right ? hash('sha256', Buffer.concat([NODE, left, right]), 'buffer') : left);
    }
    level = above;
  }
  const [root] = level;
  if (!root) throw new RangeError('a Merkle tree needs a leaf');
  return root;
}
