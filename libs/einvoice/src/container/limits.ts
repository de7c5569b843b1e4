/** Bounds of what pass one accepts. Sizes are bytes. */
export interface ContainerLimits {
  /** Largest flow: 1 GiB (« 1 Go », external specifications of Chorus Pro; R41). */
  readonly flowBytes: number;
  /** Largest invoice file inside a flow, uncompressed: 100 MiB (same source; BR-FR-19). */
  readonly memberBytes: number;
  /** Largest total of an archive once unpacked: 4 GiB. Official texts set no bound: this one is ours. */
  readonly unpackedBytes: number;
  /** Most members in an archive. */
  readonly members: number;
  /** Largest expansion of an archive, once it has delivered {@link ContainerLimits.ratioAfterBytes}. */
  readonly ratio: number;
  /** Bytes unpacked before the ratio is looked at: small repetitive files legitimately compress very well. */
  readonly ratioAfterBytes: number;
  /** Deepest nesting of XML elements: strict parsers are quadratic in it. */
  readonly depth: number;
  /** Longest XML tag with its attributes. */
  readonly tagBytes: number;
  /** Longest XML comment inside an invoice: it is held in memory until its end is seen. */
  readonly commentBytes: number;
}

/** The limits of the historic portal where it states them, ours elsewhere. */
export const defaultLimits: ContainerLimits = {
  flowBytes: 1024 ** 3,
  memberBytes: 100 * 1024 ** 2,
  unpackedBytes: 4 * 1024 ** 3,
  members: 250_000,
  ratio: 200,
  ratioAfterBytes: 10 * 1024 ** 2,
  depth: 256,
  tagBytes: 64 * 1024,
  commentBytes: 1024 ** 2,
};
