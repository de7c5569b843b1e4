import type { RuleDescription } from '../../../finding/catalogue-entry.js';
import { businessRule, missing, missingReason, reasonsDiffer } from './business-rule.js';
import { english, type NamedTerm } from './terms.js';

const negativePrice = (term: NamedTerm): RuleDescription =>
  businessRule([term], {
    fr: 'le prix[ « {found} »] est négatif',
    en: `The ${english(term)} is negative.`,
    action: 'Écrivez un prix positif ou nul ; pour une déduction, rendez la quantité négative',
  });

const schemeMissing = (term: NamedTerm, attribute: string, list: string): RuleDescription =>
  businessRule([term], {
    fr: `la liste dont vient l’identifiant (attribut ${attribute}) n’est pas indiquée`,
    en: `The ${english(term)} has no scheme identifier.`,
    action: `Indiquez un code ${list}, ou retirez l’identifiant`,
  });

/** Rules of EN 16931 about the lines: what is invoiced, its price, its period, its allowances and charges. */
export const lineTexts = {
  'BR-16': missing('BG-25', 'Donnez à la facture au moins une ligne'),
  'BR-21': missing('BT-126', 'Numérotez chaque ligne', 'BG-25'),
  'BR-22': missing('BT-129', 'Renseignez la quantité facturée de chaque ligne', 'BG-25'),
  'BR-23': missing('BT-130', 'Indiquez l’unité de la quantité, par exemple C62 pour une pièce', 'BG-25'),
  'BR-24': missing('BT-131', 'Renseignez le montant net de chaque ligne', 'BG-25'),
  'BR-25': missing('BT-153', 'Nommez l’article de chaque ligne', 'BG-25'),
  'BR-26': missing('BT-146', 'Renseignez le prix net de l’article de chaque ligne', 'BG-25'),
  'BR-27': negativePrice('BT-146'),
  'BR-28': negativePrice('BT-148'),
  'BR-30': businessRule(['BT-135', 'BT-134'], {
    fr: 'elle précède la date de début de la période de la ligne (BT-134)',
    en: 'The period of the line ends (BT-135) before it starts (BT-134).',
    action: 'Corrigez les dates de la période de la ligne',
  }),
  'BR-41': missing('BT-136', 'Renseignez le montant de la remise', 'BG-27'),
  'BR-42': missingReason('BG-27', 'BT-139', 'BT-140'),
  'BR-43': missing('BT-141', 'Renseignez le montant des frais', 'BG-28'),
  'BR-44': missingReason('BG-28', 'BT-144', 'BT-145'),
  'BR-54': businessRule(['BG-32', 'BT-160', 'BT-161'], {
    fr: 'il y manque le nom (BT-160) ou la valeur (BT-161)',
    en: 'An item attribute (BG-32) has no name (BT-160) or no value (BT-161).',
    action: 'Renseignez le nom et la valeur de chaque attribut, ou retirez l’attribut',
  }),
  'BR-64': schemeMissing('BT-157', 'schemeID', 'ISO 6523, par exemple 0160 pour un GTIN'),
  'BR-65': schemeMissing('BT-158', 'listID', 'UNTDID 7143'),
  'BR-CO-04': missing('BT-151', 'Indiquez la catégorie de TVA de chaque ligne, par exemple S', 'BG-25'),
  'BR-CO-07': reasonsDiffer('BG-27', 'BT-139', 'BT-140'),
  'BR-CO-08': reasonsDiffer('BG-28', 'BT-144', 'BT-145'),
  'BR-CO-20': businessRule(['BG-26', 'BT-134', 'BT-135'], {
    fr: 'la période est annoncée sans date de début (BT-134) ni date de fin (BT-135)',
    en: 'The period of a line (BG-26) has neither a start date (BT-134) nor an end date (BT-135).',
    action: 'Renseignez au moins une des deux dates, ou retirez la période de la ligne',
  }),
  'BR-CO-23': missingReason('BG-27', 'BT-139', 'BT-140'),
  'BR-CO-24': missingReason('BG-28', 'BT-144', 'BT-145'),
} as const satisfies Record<string, RuleDescription>;
