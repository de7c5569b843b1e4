import type { Note } from '../../../model/documents.js';
import type { Invoice } from '../../../model/invoice.js';

/** The notes (BG-1) of a subject (BT-21). */
export function notesAbout({ notes }: Invoice, subject: string): Note[] {
  return notes.filter(({ subjectCode }) => subjectCode?.value === subject);
}

/** What a note says up to the next `#`: UBL writes subjects between `#`, and some senders close the text with one too (BR-FR-20). */
export function noteText({ text }: Note): string {
  return text?.value.split('#', 1)[0]?.trim() ?? '';
}

/** Whether the invoice is between two French companies, by its note of subject BAR. */
export function isBetweenCompanies(invoice: Invoice): boolean {
  return notesAbout(invoice, 'BAR').some((note) => noteText(note) === 'B2B');
}
