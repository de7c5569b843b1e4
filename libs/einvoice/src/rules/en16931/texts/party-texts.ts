import type { RuleDescription } from '../../../finding/catalogue-entry.js';
import { businessRule, missing } from './business-rule.js';
import { english, type NamedTerm } from './terms.js';

const schemeMissing = (term: NamedTerm, example: string): RuleDescription =>
  businessRule([term], {
    fr: 'le schéma de l’identifiant (attribut schemeID) est absent',
    en: `The ${english(term)} has no scheme identifier.`,
    action: `Indiquez le schéma de l’identifiant, par exemple ${example}`,
  });

const partOfRepresentative = (term: NamedTerm, action: string): RuleDescription =>
  businessRule([term, 'BG-11'], {
    fr: `donnée absente, obligatoire quand la facture nomme un représentant fiscal (BG-11)`,
    en: `The ${english(term)} is missing although the invoice has a tax representative (BG-11).`,
    action: `${action}, ou retirez le représentant fiscal`,
  });

/** Rules of EN 16931 about the supplier, the recipient, the payee, the tax representative and the place of delivery. */
export const partyTexts = {
  'BR-06': missing('BT-27', 'Renseignez la raison sociale du fournisseur'),
  'BR-07': missing('BT-44', 'Renseignez le nom du destinataire'),
  'BR-08': missing('BG-5', 'Renseignez l’adresse postale du fournisseur'),
  'BR-09': missing('BT-40', 'Indiquez le pays du fournisseur, par exemple FR', 'BG-5'),
  'BR-10': missing('BG-8', 'Renseignez l’adresse postale du destinataire'),
  'BR-11': missing('BT-55', 'Indiquez le pays du destinataire, par exemple FR', 'BG-8'),
  'BR-17': businessRule(['BT-59', 'BG-10'], {
    fr: 'donnée absente, ou la même que celle du fournisseur : le bénéficiaire (BG-10) ne s’indique que s’il est un autre',
    en: 'The payee name (BT-59) is missing, or the payee (BG-10) is no other than the supplier (BG-4).',
    action: 'Renseignez le nom du bénéficiaire, ou retirez le bénéficiaire s’il est le fournisseur',
  }),
  'BR-18': partOfRepresentative('BT-62', 'Renseignez le nom du représentant fiscal'),
  'BR-19': partOfRepresentative('BG-12', 'Renseignez l’adresse postale du représentant fiscal'),
  'BR-20': partOfRepresentative('BT-69', 'Indiquez le pays du représentant fiscal, par exemple FR'),
  'BR-56': partOfRepresentative('BT-63', 'Renseignez le numéro de TVA du représentant fiscal'),
  'BR-57': missing('BT-80', 'Indiquez le pays de livraison, par exemple FR', 'BG-15'),
  'BR-62': schemeMissing('BT-34', '0225 pour une adresse de facturation électronique française'),
  'BR-63': schemeMissing('BT-49', '0225 pour une adresse de facturation électronique française'),
  'BR-CO-09': businessRule(['BT-31', 'BT-48', 'BT-63'], {
    subject: 'Numéro de TVA',
    fr: 'le numéro[ « {found} »] ne commence pas par le code d’un pays, EL étant admis pour la Grèce',
    en: 'A VAT identifier (BT-31, BT-48 or BT-63) does not begin with the ISO 3166-1 code of a country, or EL for Greece.',
    action: 'Faites précéder le numéro de TVA du code du pays qui l’a attribué, par exemple FR',
  }),
  'BR-CO-26': businessRule(['BT-29', 'BT-30', 'BT-31', 'BG-4'], {
    fr: 'aucun identifiant ne permet de reconnaître le fournisseur : ni celui-ci, ni l’identifiant légal (BT-30), ni le numéro de TVA (BT-31)',
    en: 'The supplier has no identifier (BT-29), no legal registration identifier (BT-30) and no VAT identifier (BT-31).',
    action: 'Renseignez au moins un de ces identifiants, en France le SIRET',
  }),
} as const satisfies Record<string, RuleDescription>;
