import { joined, untdid4451NoteSubjectsUbl } from '../../code-lists/index.js';
import { fatal, filled, present, type UblContext } from './assertions.js';

const noteSubjects = joined(untdid4451NoteSubjectsUbl);
const subjectCodeLength = 3;

/** Supporting documents (BG-24). */
export const supportingDocumentContext: UblContext = {
  match: 'cac:AdditionalDocumentReference',
  assertions: [filled('BR-52', 'cbc:ID')],
};

/** Preceding invoices (BG-3). */
export const precedingInvoiceContext: UblContext = {
  match: 'cac:BillingReference',
  assertions: [present('BR-55', 'cac:InvoiceDocumentReference/cbc:ID')],
};

/** Notes of the document, which may begin with a subject between two hash signs (BT-21, BT-22). */
export const noteContext: UblContext = {
  match: '/ubl:Invoice/cbc:Note | /cn:CreditNote/cbc:Note',
  assertions: [
    fatal('BR-CL-08', (note) => {
      const text = note.stringValue;
      const first = text.indexOf('#');
      const second = first < 0 ? -1 : text.indexOf('#', first + 1);
      if (second < 0) return true;
      const between = text.slice(first + 1, second);
      if (Array.from(between).length !== subjectCodeLength) return true;
      // The rule looks for the three characters anywhere in the text of the list.
      return noteSubjects.includes(between) || { found: between };
    }),
  ],
};
