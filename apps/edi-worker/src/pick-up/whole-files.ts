import type { BoxFile } from './partner-boxes.js';

/** Names under which clients write a file that is not whole yet (measured conventions of the field's clients). */
const UNFINISHED = /^\.|\.(tmp|temp|part|partial|filepart|incomplete|crdownload|writing)$/i;

/**
 * Tells which files of a folder are whole: not under a temporary name, and the same size and time as at the last look.
 * One instance a box, so that it remembers the last look.
 */
export class WholeFiles {
  private seen = new Map<string, BoxFile>();

  /** The files that did not move since the last call. */
  select(files: readonly BoxFile[]): BoxFile[] {
    const candidates = files.filter(({ name }) => !UNFINISHED.test(name));
    const whole = candidates.filter((file) => {
      const before = this.seen.get(file.name);
      return before !== undefined && before.size === file.size && before.modifiedAt === file.modifiedAt;
    });
    this.seen = new Map(candidates.map((file) => [file.name, file]));
    return whole;
  }
}
