/**
 * Bounds on the shape of one document; a strict parser is only given what is within them. A million elements with their rules
 * take some 400 MB at most, which a judging thread has; it is some 60 MB of lines, and an invoice of a million lines is not
 * allowed anyway (BR-FR-CPRO-19). Names are bounded because the XPath of every finding is made of them, level by level.
 */
export const documentLimits = {
  depth: 256,
  tagCharacters: 64 * 1024,
  nameCharacters: 256,
  attributes: 256,
  elements: 1_000_000,
} as const;
