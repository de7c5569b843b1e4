import { finding, type Finding, type FindingDetails } from '../finding/finding.js';
import { extensionOf, forbiddenSigns, hasForbiddenSigns, shownName, storableName } from './document-name.js';
import type { DocumentType } from './document-type.js';
import type { SupportingLimits } from './limits.js';
import type { supportingTexts } from './texts.js';

/** Where a document stands, and what it is called. */
export interface DocumentPlace {
  readonly declaredName: string | null;
  /** Name in the archive around it, when that counts. */
  readonly name?: string | null;
  readonly location: string;
  readonly line: number;
}

/** What is wrong with the supporting documents of one invoice, each thing with its place. */
export class DocumentFindings {
  readonly #list: Finding[] = [];

  constructor(private readonly limits: SupportingLimits) {}

  /** The findings so far. */
  get list(): readonly Finding[] {
    return this.#list;
  }

  /** The text of the document is not base64. */
  notBase64(place: DocumentPlace): void {
    this.#add('SUPPORTING-BASE64', place);
  }

  /** There is a document without any content. */
  empty(place: DocumentPlace): void {
    this.#add('SUPPORTING-EMPTY', place);
  }

  /** One document is too large. */
  tooLarge(place: DocumentPlace): void {
    this.#add('SUPPORTING-SIZE', place, { expected: this.limits.documentBytes });
  }

  /** There are too many documents; said once. */
  tooMany(place: DocumentPlace): void {
    if (this.#list.some(({ rule }) => rule === 'SUPPORTING-COUNT')) return;
    this.#add('SUPPORTING-COUNT', place, { expected: this.limits.documents });
  }

  /** All the documents together are too large. */
  totalTooLarge(found: number): void {
    this.#list.push(finding('SUPPORTING-TOTAL-SIZE', { found, expected: this.limits.totalBytes }));
  }

  /** The archive around a document cannot be unpacked, for this reason. */
  unreadableArchive(place: DocumentPlace, found: string): void {
    this.#add('SUPPORTING-ARCHIVE', place, { found });
  }

  /** Judges the name of a document, and whether its content is what the name says. */
  judge(place: DocumentPlace, type: DocumentType): void {
    const name = place.name ?? place.declaredName;
    if (name === null) return this.#add('SUPPORTING-NAME-MISSING', place);
    const { limits } = this;
    if (hasForbiddenSigns(name)) {
      this.#add('SUPPORTING-NAME-CHARACTERS', place, { found: shownName(name), expected: forbiddenSigns });
    }
    if (Array.from(name).length > limits.nameCharacters) {
      this.#add('SUPPORTING-NAME-LENGTH', place, { found: shownName(name), expected: limits.nameCharacters });
    }
    const extension = extensionOf(name);
    if (extension === null || !limits.extensions.has(extension)) {
      const expected = [...limits.extensions].join(' ');
      this.#add('SUPPORTING-EXTENSION', place, { found: shownName(name), expected });
    } else if (!type.extensions.includes(extension)) {
      this.#add('SUPPORTING-TYPE-MISMATCH', place, { found: type.label });
    }
  }

  #add(rule: keyof typeof supportingTexts, place: DocumentPlace, details: FindingDetails = {}): void {
    const { declaredName, name, location, line } = place;
    const term = storableName(name ?? declaredName ?? 'sans nom', this.limits);
    this.#list.push(finding(rule, { location, line, values: { term }, ...details }));
  }
}
