import { stringify } from 'csv-stringify';
import { pipeline, Readable } from 'node:stream';
import { byteBlocks } from './byte-blocks.js';

/**
 * A CSV that French Excel opens as it is: `;`, UTF-8 with its mark, CRLF, all quoted. What must not act as a formula goes
 * through `textCell` before. The same rows give the same bytes; memory does not grow with their number.
 *
 * @param headers first row, one name for each column
 * @throws whatever `rows` throws
 */
export async function* csvFile(
  headers: readonly string[],
  rows: AsyncIterable<readonly string[]>,
): AsyncGenerator<Buffer> {
  const stringifier = stringify({
    bom: true,
    columns: headers.map((header) => ({ key: header, header })),
    delimiter: ';',
    header: true,
    quoted: true,
    quoted_empty: true,
    record_delimiter: 'windows',
    encoding: 'utf8',
  });
  // The reader of the stringifier below meets the error as well: pipeline destroys it with that error.
  pipeline(Readable.from(rows), stringifier, () => undefined);
  yield* byteBlocks(stringifier as AsyncIterable<string>);
}
