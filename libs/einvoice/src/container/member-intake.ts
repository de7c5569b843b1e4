import { createHash } from 'node:crypto';
import { finding } from '../finding/finding.js';
import { ContainerRefused, refused } from './container-refused.js';
import type { IndexTask } from './index-task.js';
import { indexXml } from './index-xml.js';
import { isSafeMemberName, MemberNames } from './member-name.js';
import { recognise, recogniseHeadBytes, type Recognition } from './recognise.js';
import type { Spool } from './spool.js';

/** What an archive says of a member before its bytes are looked at. */
export interface MemberHeader {
  readonly name: string;
  /** `other` for links, devices and anything that is no ordinary file; `otherType` says what, in French. */
  readonly type: 'file' | 'folder' | 'other';
  readonly otherType?: string;
  /** Uncompressed size, in bytes. */
  readonly size: number;
}

/** First bytes of an AppleDouble file, which macOS adds to an archive beside each real file (`._name`). */
const appleDouble = Buffer.from([0x00, 0x05, 0x16, 0x07]);

/**
 * Takes in the members of an archive one after the other: each is refused alone or kept in the spool and indexed, and none
 * loses its neighbours (R42).
 */
export class MemberIntake {
  readonly #names = new MemberNames();
  #members = 0;

  private constructor(
    private readonly task: IndexTask,
    private readonly spool: Spool,
  ) {}

  /** Starts taking in the members of one archive. */
  static async start(task: IndexTask): Promise<MemberIntake> {
    return new MemberIntake(task, await task.spool());
  }

  /**
   * Decides by its header whether a member is wanted; refuses or ignores it otherwise.
   *
   * @throws ContainerRefused when the archive has too many members
   */
  wants(member: MemberHeader): boolean {
    const { task } = this;
    if (++this.#members > task.limits.members) throw refused('FILE-ARCHIVE-MEMBERS', { expected: task.limits.members });
    const { name, type, size } = member;
    if (type === 'folder') {
      task.ignored++;
      return false;
    }
    const refusal =
      type === 'other'
        ? finding('MEMBER-LINK', { member: name, found: member.otherType ?? 'type inconnu' })
        : !isSafeMemberName(name)
          ? finding('MEMBER-NAME', { member: name, found: name })
          : !this.#names.add(name)
            ? finding('MEMBER-DUPLICATE', { member: name, found: name })
            : size === 0
              ? finding('MEMBER-EMPTY', { member: name })
              : size > task.limits.memberBytes
                ? finding('MEMBER-TOO-LARGE', { member: name, found: size, expected: task.limits.memberBytes })
                : null;
    if (refusal !== null) task.writer.addRefused(name, refusal);
    return refusal === null && !task.passesOver(name);
  }

  /** Keeps the bytes of a wanted member and indexes what they are. */
  async take(name: string, body: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void> {
    const { spool } = this;
    const offset = spool.length;
    const digest = createHash('sha256');
    const heads: Buffer[] = [];
    let headBytes = 0;
    for await (const chunk of body) {
      if (headBytes < recogniseHeadBytes) {
        heads.push(chunk);
        headBytes += chunk.length;
      }
      digest.update(chunk);
      await spool.append(chunk);
    }
    const head = heads.length === 1 && heads[0] !== undefined ? heads[0] : Buffer.concat(heads);
    const kept = { name, offset, length: spool.length - offset, sha256: digest.digest('hex') };
    await this.#index(kept, head.subarray(0, recogniseHeadBytes));
  }

  /** Whether the archive had no member at all. */
  get isEmpty(): boolean {
    return this.#members === 0;
  }

  async #index(kept: KeptMember, head: Buffer): Promise<void> {
    const { name: member, offset, length, sha256 } = kept;
    const { task } = this;
    const recognition = recognise(head);
    switch (recognition.kind) {
      case 'xml':
        return this.#indexXml(kept, head, recognition);
      case 'pdf':
        task.writer.add({ offset, length, sha256, member, kind: 'pdf', context: null });
        return;
      case 'gzip':
      case 'tar':
      case 'zip':
        task.writer.addRefused(member, finding('MEMBER-ARCHIVE', { member, found: recognition.kind }));
        return;
      case 'empty':
        task.writer.addRefused(member, finding('MEMBER-EMPTY', { member }));
        return;
      case 'unknown':
        if (head.subarray(0, 4).equals(appleDouble)) task.ignored++;
        else task.writer.addRefused(member, finding('MEMBER-TYPE', { member, found: recognition.description }));
    }
  }

  async #indexXml(kept: KeptMember, head: Buffer, { encoding }: Recognition & { kind: 'xml' }): Promise<void> {
    const { name: member, offset, length, sha256 } = kept;
    const { task, spool } = this;
    const before = task.writer.mark();
    try {
      const range = { file: spool.file, offset, length };
      const { shape } = await indexXml(task, range, { member, encoding, sha256, head, settle: () => spool.flush() });
      if (shape === 'signature') task.ignored++;
    } catch (error) {
      if (!(error instanceof ContainerRefused)) throw error;
      // A batch that fails at its end must not have let in its beginning.
      task.writer.rollBack(before);
      task.writer.addRefused(member, { ...error.finding, member });
    }
  }
}

interface KeptMember {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
  readonly sha256: string;
}
