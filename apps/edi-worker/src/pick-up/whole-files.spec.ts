import type { BoxFile } from './partner-boxes.js';
import { WholeFiles } from './whole-files.js';

const file = (name: string, size = 10, modifiedAt = 1_000): BoxFile => ({ name, size, modifiedAt });

describe('WholeFiles', () => {
  it('R40 takes a file at the second look at which it has not moved', () => {
    const files = new WholeFiles();
    expect(files.select([file('a')])).toEqual([]);
    expect(files.select([file('a'), file('b')])).toEqual([file('a')]);
    expect(files.select([file('a'), file('b')])).toEqual([file('a'), file('b')]);
  });

  it('R40 leaves a file alone while it grows, even when it stops for less than a look', () => {
    const files = new WholeFiles();
    for (const size of [10, 20, 30]) expect(files.select([file('a', size)])).toEqual([]);
    expect(files.select([file('a', 30)])).toEqual([file('a', 30)]);
  });

  it('R40 leaves alone a file that is written again at the same size', () => {
    const files = new WholeFiles();
    files.select([file('a', 10, 1_000)]);
    expect(files.select([file('a', 10, 2_000)])).toEqual([]);
    expect(files.select([file('a', 10, 2_000)])).toHaveLength(1);
  });

  it('R40 forgets a file that went away: one that comes under the same name is another', () => {
    const files = new WholeFiles();
    files.select([file('a')]);
    expect(files.select([])).toEqual([]);
    expect(files.select([file('a')])).toEqual([]);
  });

  it.each([
    '.flux',
    'flux.tmp',
    'flux.TMP',
    'flux.temp',
    'flux.part',
    'flux.partial',
    'flux.filepart',
    'flux.incomplete',
    'flux.crdownload',
    'flux.writing',
    '.flux.xml.swp',
  ])('R40 never takes %s: its client has not finished', (name) => {
    const files = new WholeFiles();
    for (let look = 0; look < 3; look += 1) expect(files.select([file(name)])).toEqual([]);
  });

  it('R40 takes a file that gets its name at the end as a new one', () => {
    const files = new WholeFiles();
    files.select([file('flux.part')]);
    expect(files.select([file('flux')])).toEqual([]);
    expect(files.select([file('flux')])).toEqual([file('flux')]);
  });

  it.each(['flux.xml', 'part', 'tmp', 'flux.tmp.xml', 'départ'])('R40 takes %s', (name) => {
    const files = new WholeFiles();
    files.select([file(name)]);
    expect(files.select([file(name)])).toHaveLength(1);
  });

  it('R40 takes an empty file: it is refused with a reason, and not left there', () => {
    const files = new WholeFiles();
    files.select([file('vide', 0)]);
    expect(files.select([file('vide', 0)])).toHaveLength(1);
  });
});
