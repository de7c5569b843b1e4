import { known, type AccessMatrix } from './access-matrix.js';

/** Who counts (R25, R44): whoever is known, of what their lists and reject files hold; numbers of others are zero, or not there. */
export const numbersAccess: AccessMatrix = {
  'GET /api/numbers/invoices': { answers: known(200) },
  'GET /api/numbers/days': { answers: known(200) },
  'GET /api/numbers/reasons': { answers: known(200) },
  'GET /api/numbers/delays': { answers: known(200) },
  'GET /api/numbers/senders': { answers: known(200) },
};
