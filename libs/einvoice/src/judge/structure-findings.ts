import { finding, type Finding } from '../finding/finding.js';
import type { FindingSeverity } from '../finding/catalogue-entry.js';
import type { ReadableInvoice } from '../invoice/opened.js';
import type { XmlElement } from '../xml/element.js';
import { judgeStructure } from './structure/judge-structure.js';

/**
 * Elements up to which a schema is applied: the library takes a time that grows with the square of the faults among many
 * siblings, 0.4 s for 10,000, because it writes the path of each.
 */
const mostElements = 10_000;

/** How the structure of an invoice is judged. */
export interface StructureOptions {
  /** The operator's folder of schemas; without it our own tables judge. */
  readonly schemaFolder: string | null;
  /**
   * Severity of all faults; null for that of the catalogue. The historic formats get warnings: an official sample of the
   * portal (FSO1116A_P01) leaves out what the schema of CII demands, and the portal takes it.
   */
  readonly severity: FindingSeverity | null;
  readonly most: number;
}

/** Judges order, repetition and names of the elements, by the schema of the format where there is one (R43). */
export async function structureFindings(invoice: ReadableInvoice, options: StructureOptions): Promise<Finding[]> {
  const { schemaFolder, severity, most } = options;
  const found: Finding[] = [];
  if (schemaFolder !== null) {
    if (hasAtMost(invoice.root, mostElements)) {
      const faults = await schemaFindings(invoice, schemaFolder, options);
      if (faults !== null) return faults;
    } else found.push(finding('SYNTAX-XSD-NOT-APPLIED', { expected: mostElements }));
  }
  for (const { rule, at, expected } of judgeStructure(invoice.root, invoice.format, most)) {
    const details = { location: at.location, line: at.line, found: at.name.written, expected };
    found.push(finding(rule, { ...details, severity: severity ?? undefined }));
  }
  return found;
}

async function schemaFindings(
  { root, xml, format, context }: ReadableInvoice,
  folder: string,
  { severity, most }: StructureOptions,
): Promise<Finding[] | null> {
  // Compiled schemas take memory in every thread that loads them: without a folder nothing of this is loaded.
  const [{ schemasIn }, { elementAt }] = await Promise.all([
    import('../xsd/schema-set.js'),
    import('../xsd/element-at.js'),
  ]);
  const faults = schemasIn(folder).faults(xml, format, context);
  if (faults === null) return null;
  return faults.slice(0, most).map(({ reason, line, path }) => {
    const at = path === null ? null : elementAt(root, path);
    return finding('SYNTAX-XSD', {
      location: at?.location ?? null,
      line: at?.line ?? line,
      found: reason,
      severity: severity ?? undefined,
    });
  });
}

function hasAtMost(root: XmlElement, most: number): boolean {
  let left = most;
  const count = (element: XmlElement): boolean => --left >= 0 && element.children.every(count);
  return count(root);
}
