import { createHash } from 'node:crypto';

/**
 * Name of a claimed file in `processing/`: who claimed it and when stand in it, so that a file left behind by a worker
 * that died is known as such. The partner's own name comes last and may hold anything.
 */
export interface Claim {
  /** No dot in it: dots part the fields. */
  readonly host: string;
  readonly pid: number;
  /** Milliseconds since 1970, by the claiming worker's clock. */
  readonly claimedAt: number;
  /** When it was first claimed: kept when another worker takes over, so that the drop keeps its identity. */
  readonly firstClaimedAt: number;
  readonly name: string;
}

/** Bytes that a file system leaves for a name (255), less what a claim or an archived name adds to it. */
const LONGEST_NAME = 150;

/**
 * The name under which a dropped file goes on. A longer one than any envelope name is cut, with a digest of the whole, so
 * that claiming it cannot fail: the flow is then refused for its name (IRR_FORM), like any other ill-named one.
 */
export function boundedName(name: string): string {
  if (Buffer.byteLength(name) <= LONGEST_NAME) return name;
  let kept = '';
  for (const character of name) {
    if (Buffer.byteLength(kept + character) > LONGEST_NAME - 12) break;
    kept += character;
  }
  return `${kept}~${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}

/** `{claimed at}.{pid}@{host}.{first claimed at}.{name}` */
export function claimedName({ host, pid, claimedAt, firstClaimedAt, name }: Claim): string {
  return `${claimedAt}.${pid}@${host}.${firstClaimedAt}.${name}`;
}

/** The claim that a name in `processing/` tells of, or null when it is none of ours. */
export function parseClaimedName(text: string): Claim | null {
  const match = /^(\d{10,16})\.(\d+)@([A-Za-z0-9-]+)\.(\d{10,16})\.(.+)$/s.exec(text);
  if (!match) return null;
  const [, claimedAt, pid, host, firstClaimedAt, name] = match;
  if (host === undefined || name === undefined) return null;
  return { host, pid: Number(pid), claimedAt: Number(claimedAt), firstClaimedAt: Number(firstClaimedAt), name };
}
