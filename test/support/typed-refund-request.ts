import type { RefundRequestContent, RefundRequestFile, RefundRequestLine } from '#domain';

/**
 * A request that somebody typed, of two invoices: it lacks its recipient and its bank details alone, or is as changed.
 *
 * @param file of each line
 */
export function typedRefundRequest(
  change: RefundRequestContent = {},
  file: RefundRequestFile = { name: 'facture.pdf', sha256: 'a'.repeat(64), size: 1 },
): RefundRequestContent {
  const line: RefundRequestLine = {
    number: 'G-1',
    issueDate: '2026-03-01',
    supplier: 'Gaz de l’Ouest',
    quantity: '12.5',
    unit: 'MWH',
    amount: '104.65',
    file,
  };
  return {
    tax: 'TICGN',
    period: { start: '2026-01-01', end: '2026-06-30' },
    lines: [line, { ...line, number: 'G-2', amount: '42.3' }],
    ...change,
  };
}
