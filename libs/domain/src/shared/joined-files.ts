/** Most bytes of all the files that are joined to one thing by input (R24): an invoice, a request, a message to support. */
export const JOINED_FILES_BYTES = 120 * 1024 ** 2;

/** Bytes of files together. */
export function bytesTogether(files: readonly { readonly size: number }[]): number {
  return files.reduce((bytes, { size }) => bytes + size, 0);
}
