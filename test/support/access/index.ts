import type { AccessMatrix } from './access-matrix.js';
import { accountAccess } from './accounts.js';
import { draftAccess } from './drafts.js';
import { feedAccess, invoiceAccess } from './invoices.js';
import { numbersAccess } from './numbers.js';
import { flowAccess, platformAccess } from './platform.js';
import { refundRequestAccess } from './refund-requests.js';
import { rightsAccess } from './rights.js';
import { memberAccess, structureAccess } from './structures.js';
import { supportRequestAccess } from './support-requests.js';
import { uploadAccess } from './uploads.js';
import { webhookAccess } from './webhooks.js';

/** Every route of the API, and what it answers to whom. A route is in the part of its area, once. */
export const accessMatrix: AccessMatrix = {
  ...platformAccess,
  ...flowAccess,
  ...accountAccess,
  ...structureAccess,
  ...memberAccess,
  ...rightsAccess,
  ...refundRequestAccess,
  ...supportRequestAccess,
  ...uploadAccess,
  ...draftAccess,
  ...invoiceAccess,
  ...feedAccess,
  ...numbersAccess,
  ...webhookAccess,
};
