/** Bounds on the shape of one document; a strict parser is only given what is within them. */
export const documentLimits = { depth: 256, tagCharacters: 64 * 1024, attributes: 256 } as const;
