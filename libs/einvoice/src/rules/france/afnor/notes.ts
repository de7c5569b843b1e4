import type { Note } from '../../../model/documents.js';
import type { Invoice } from '../../../model/invoice.js';

const noNotes: readonly Note[] = Object.freeze([]);

/** The notes (BG-1) of a subject (BT-21). */
export function notesAbout({ notes }: Invoice, subject: string): readonly Note[] {
  let found: Note[] | null = null;
  for (const note of notes) if (note.subjectCode?.value === subject) (found ??= []).push(note);
  return found ?? noNotes;
}

/** What a note says up to the next `#`: UBL writes subjects between `#`, and some senders close the text with one too (BR-FR-20). */
export function noteText({ text }: Note): string {
  if (text === null) return '';
  const end = text.value.indexOf('#');
  return end === -1 ? text.value : text.value.slice(0, end).trim();
}

/** Whether the invoice is between two French companies, by its note of subject BAR. */
export function isBetweenCompanies(invoice: Invoice): boolean {
  return notesAbout(invoice, 'BAR').some((note) => noteText(note) === 'B2B');
}
