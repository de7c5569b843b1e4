/** Looks for viruses in bytes on their way: nothing that it has not passed may be kept for others. */
export interface VirusScanner {
  /** Whether there is one at all; where none is set, bytes pass unseen. */
  readonly scans: boolean;
  /**
   * Passes bytes on as they come, and ends well only when all of them were found clean: who reads it to its end knows. Memory does
   * not grow with the bytes.
   *
   * @throws VirusFound after the last byte
   * @throws ScannerAway as soon as it cannot be reached or does not answer: there is no verdict then (it fails closed)
   * @throws ScannerFailed when it answers that it could not scan
   */
  checked(bytes: AsyncIterable<Buffer>): AsyncIterable<Buffer>;
  /** Whether it answers now. */
  answers(): Promise<boolean>;
}

/** The bytes carry a virus. */
export class VirusFound extends Error {
  override readonly name = 'VirusFound';

  /** @param signature name that the scanner gives it */
  constructor(readonly signature: string) {
    super(`virus found: ${signature}`);
  }
}

/** The scanner cannot be reached, or stopped answering: the same may be tried later. */
export class ScannerAway extends Error {
  override readonly name = 'ScannerAway';

  constructor(cause: unknown) {
    super(`the virus scanner is away: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** The scanner answered that it could not scan: trying again changes nothing by itself (a limit of its own, a fault). */
export class ScannerFailed extends Error {
  override readonly name = 'ScannerFailed';

  constructor(answer: string) {
    super(`the virus scanner could not scan: ${answer}`);
  }
}

/** Where no scanner is set. */
export const noVirusScanner: VirusScanner = {
  scans: false,
  checked: (bytes) => bytes,
  answers: () => Promise.resolve(true),
};

/**
 * Reads bytes that are kept elsewhere through the scanner.
 *
 * @returns the name of the virus in them, or null when they are clean
 * @throws ScannerAway, ScannerFailed
 */
export async function virusIn(scanner: VirusScanner, bytes: AsyncIterable<Buffer>): Promise<string | null> {
  try {
    for await (const chunk of scanner.checked(bytes)) void chunk;
    return null;
  } catch (error) {
    if (error instanceof VirusFound) return error.signature;
    throw error;
  }
}
