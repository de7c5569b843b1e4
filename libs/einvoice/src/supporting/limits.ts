/** What a supporting document may be. */
export interface SupportingLimits {
  /** Most characters of a name, extension included; a longer one is cut before its extension. */
  readonly nameCharacters: number;
  /** Most bytes of one document, unpacked. */
  readonly documentBytes: number;
  /** Most bytes of all the documents of one invoice together, unpacked. */
  readonly totalBytes: number;
  /** Most documents of one invoice, those in archives included. */
  readonly documents: number;
  /** Accepted extensions, in lower case. */
  readonly extensions: ReadonlySet<string>;
}

const accepted =
  'bmp bz2 csv doc docx fax gif gz gzip htm html jpeg jpg odp ods odt p7s pdf png pps ppt pptx rtf svg tgz tif tiff txt xhtml xlc xlm xls xlsx xml zip';

/**
 * The limits of a deposit by EDI (R24, rule G4.03): 100 MB for one document, 120 MB for all of an invoice. The number of
 * documents has no official limit; ours keeps an archive of a million empty files out.
 */
export const supportingLimits: SupportingLimits = {
  nameCharacters: 50,
  documentBytes: 100 * 1024 ** 2,
  totalBytes: 120 * 1024 ** 2,
  documents: 500,
  extensions: new Set(accepted.split(' ')),
};

/** The same for a deposit by the portal or by API, where one document is 10 MB at most (R24). */
export const interactiveSupportingLimits: SupportingLimits = { ...supportingLimits, documentBytes: 10 * 1024 ** 2 };

/** How an invoice came: by EDI, or by the portal or an API, whose limits are lower. */
export type DepositWay = 'edi' | 'interactive';

/** The limits of the supporting documents of invoices that came that way (R24). */
export function supportingLimitsOf(way: DepositWay): SupportingLimits {
  return way === 'edi' ? supportingLimits : interactiveSupportingLimits;
}
