import { hash } from 'node:crypto';

// What is hashed is written here: hexadecimal text is hashed faster by way of one buffer than as buffers of its own.
const leafInput = Buffer.alloc(1 + 32);
const nodeInput = Buffer.alloc(1 + 64);
leafInput[0] = 0x00;
nodeInput[0] = 0x01;

/**
 * The hash of a leaf, hexadecimal: SHA-256(0x00 ‖ content), RFC 6962 section 2.1.
 * @param content 32 bytes, hexadecimal.
 */
export function leafHash(content: string): string {
  leafInput.write(content, 1, 'hex');
  return hash('sha256', leafInput, 'hex');
}

/**
 * The Merkle tree hash of leaf hashes, as RFC 6962 section 2.1 defines it: a list is split at the greatest power of two
 * below its length, SHA-256(0x01 ‖ left ‖ right). Joining neighbours level by level and carrying an odd last one up gives
 * the same tree.
 * @param leaves 32 bytes each, hexadecimal.
 * @returns 32 bytes, hexadecimal.
 * @throws RangeError for an empty list: an empty block is never sealed.
 */
export function merkleRoot(leaves: readonly string[]): string {
  let level = leaves;
  while (level.length > 1) {
    const above: string[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const [left, right] = [level[index], level[index + 1]];
      if (left) above.push(right ? nodeHash(left, right) : left);
    }
    level = above;
  }
  const [root] = level;
  if (!root) throw new RangeError('a Merkle tree needs a leaf');
  return root;
}

function nodeHash(left: string, right: string): string {
  nodeInput.write(left, 1, 'hex');
  nodeInput.write(right, 33, 'hex');
  return hash('sha256', nodeInput, 'hex');
}
