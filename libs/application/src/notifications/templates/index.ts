import { ACCOUNT_TEMPLATES } from './account.js';
import { INVOICE_TEMPLATES } from './invoice.js';
import { MEMBERSHIP_TEMPLATES } from './membership.js';
import { STRUCTURE_TEMPLATES } from './structure.js';
import { SUPPORT_REQUEST_TEMPLATES } from './support-request.js';
import type { MailTemplate } from './template.js';

/** Every mail that the platform writes, by the name that the outbox keeps. */
export const TEMPLATES: Readonly<Record<string, MailTemplate>> = {
  ...ACCOUNT_TEMPLATES,
  ...INVOICE_TEMPLATES,
  ...MEMBERSHIP_TEMPLATES,
  ...STRUCTURE_TEMPLATES,
  ...SUPPORT_REQUEST_TEMPLATES,
};
