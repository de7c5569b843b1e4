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
