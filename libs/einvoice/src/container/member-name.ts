import { hash } from 'node:crypto';

/**
 * Whether a member name could be used as a path without leaving a folder. We never use it as one; whoever unpacks the same
 * archive elsewhere might.
 */
export function isSafeMemberName(name: string): boolean {
  // eslint-disable-next-line no-control-regex
  if (name === '' || name.length > 1024 || /[\u0000-\u001f\u007f]/.test(name)) return false;
  if (/^[/\\]/.test(name) || /^[A-Za-z]:/.test(name)) return false;
  return !name.split(/[/\\]/).includes('..');
}

/** Remembers the names of an archive in a few bytes each, whatever their length. */
export class MemberNames {
  readonly #digests = new Set<string>();

  /** Adds a name; false when the archive already has it. Written with or without `./`, it is the same file. */
  add(name: string): boolean {
    const normal = name.normalize('NFC').replace(/^(?:\.[/\\])+/, '');
    const digest = Buffer.from(hash('sha256', normal), 'hex').toString('latin1', 0, 12);
    if (this.#digests.has(digest)) return false;
    this.#digests.add(digest);
    return true;
  }
}
