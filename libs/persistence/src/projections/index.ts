import { accountsProjection } from './accounts.projection.js';
import { directoryProjection } from './directory.projection.js';
import { draftsProjection } from './drafts.projection.js';
import { erasuresProjection } from './erasures.projection.js';
import { flowsProjection } from './flows.projection.js';
import { invoicesProjection } from './invoices.projection.js';
import { peopleProjection } from './people.projection.js';
import type { Projection } from './projection.js';
import { refundRequestsProjection } from './refund-requests.projection.js';
import { rejectsProjection } from './rejects.projection.js';
import { rightsProjection } from './rights.projection.js';
import { statusNewsProjection } from './status-news.projection.js';
import { supportRequestsProjection } from './support-requests.projection.js';
import { webhooksProjection } from './webhooks.projection.js';

/** Every projection of the platform. What is personal in an event must be decrypted before `handle` gets it. */
export const projections: readonly Projection[] = [
  accountsProjection,
  directoryProjection,
  draftsProjection,
  erasuresProjection,
  flowsProjection,
  invoicesProjection,
  peopleProjection,
  refundRequestsProjection,
  rejectsProjection,
  rightsProjection,
  statusNewsProjection,
  supportRequestsProjection,
  webhooksProjection,
];
