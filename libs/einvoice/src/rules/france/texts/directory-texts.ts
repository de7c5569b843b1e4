import type { RuleDescription } from '../../../finding/catalogue-entry.js';
import { frenchRule } from './french-rule.js';

const code = 'REJ_CONT_B2G';
const layer = 'platform';

/** What the directory decides of an invoice in the portal's own formats; BR-FR-CPRO-09 to 13, 22, 23 say the same of the others. */
export const directoryTexts = {
  'RECIPIENT-EXCLUDED': frenchRule(['BT-46', 'BT-47'], {
    fr: 'Destinataire : « {found} » est exclu de l’obligation de recevoir des factures ici',
    en: 'The recipient is excluded from the duty to receive and does not act for one that is not (R17)',
    action: 'Adressez la facture autrement, ou à l’entité qui a donné mandat',
    code: 'DEST_INC',
    layer,
  }),
  'CHORUS-SERVICE': frenchRule(['BT-10', 'BT-46'], {
    fr: 'Code service (BT-10) : [« {found} » ne convient pas, ]le destinataire attend {expected}',
    en: 'The service code is there when the recipient asks for it, and is known and active',
    action: 'Renseignez un code service de l’annuaire du destinataire',
    code,
    layer,
  }),
  'CHORUS-COMMITMENT': frenchRule(['BT-13', 'BT-12'], {
    fr: 'Numéro d’engagement juridique (BT-13) : obligatoire pour le destinataire ou son service ; attendu : {expected}',
    en: 'The legal commitment number is there when the recipient or its service asks for it',
    action: 'Demandez ce numéro au destinataire et renseignez-le',
    code,
    layer,
  }),
  'CHORUS-SERVICE-OR-COMMITMENT': frenchRule(['BT-13', 'BT-10'], {
    fr: 'Numéro d’engagement juridique (BT-13) ou code service (BT-10) : le destinataire attend {expected}',
    en: 'The commitment number or the service code is there when the recipient asks for one of them',
    action: 'Renseignez l’un des deux',
    code,
    layer,
  }),
} as const satisfies Record<string, RuleDescription>;
