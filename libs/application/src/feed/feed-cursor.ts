import type { Checkpoint } from '#events';

/** Digits of an `xid8`, and of the largest position that JavaScript counts exactly. */
const TRANSACTION_DIGITS = 20;
const POSITION_DIGITS = 16;

const CURSOR = new RegExp(`^\\d{${TRANSACTION_DIGITS}}-\\d{${POSITION_DIGITS}}$`);
const HIGHEST_TRANSACTION = 2n ** 64n - 1n;

/** Where the feed begins. */
export const FEED_BEGINNING: Checkpoint = { transaction: '0', position: 0 };

/**
 * A place of the log as readers of the feed keep it (R48): transaction and position, padded, so that cursors sort as texts in
 * the order of the log, as the `sequence` extension of CloudEvents asks. Readers take it for opaque.
 */
export function feedCursor({ transaction, position }: Checkpoint): string {
  return `${transaction.padStart(TRANSACTION_DIGITS, '0')}-${String(position).padStart(POSITION_DIGITS, '0')}`;
}

/** The place that a cursor names, or null when the text is no cursor. */
export function placeOfCursor(text: string): Checkpoint | null {
  if (!CURSOR.test(text)) return null;
  const transaction = BigInt(text.slice(0, TRANSACTION_DIGITS));
  const position = Number(text.slice(TRANSACTION_DIGITS + 1));
  if (transaction > HIGHEST_TRANSACTION || !Number.isSafeInteger(position)) return null;
  return { transaction: String(transaction), position };
}
