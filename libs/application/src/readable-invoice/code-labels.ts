/** What a code of the field means, for people; a code that is not here stands for itself. */
type Labels = Readonly<Record<string, string>>;

/** BT-3 (UNTDID 1001), of which French use has these (BR-FR-04). */
const DOCUMENT_TYPES: Labels = {
  '261': 'Avoir d’autofacture',
  '262': 'Avoir de remise globale',
  '380': 'Facture',
  '381': 'Avoir',
  '384': 'Facture rectificative',
  '386': 'Facture d’acompte',
  '389': 'Autofacture',
  '393': 'Facture affacturée',
  '396': 'Avoir de facture affacturée',
  '471': 'Autofacture rectificative',
  '472': 'Facture affacturée rectificative',
  '473': 'Autofacture affacturée rectificative',
  '500': 'Autofacture d’acompte',
  '501': 'Autofacture affacturée',
  '502': 'Avoir d’autofacture affacturée',
  '503': 'Avoir de facture d’acompte',
};

/** BT-118 (UNTDID 5305). */
const VAT_CATEGORIES: Labels = {
  S: 'Taux normal ou réduit',
  Z: 'Taux zéro',
  E: 'Exonérée',
  AE: 'Autoliquidation',
  K: 'Livraison intracommunautaire',
  G: 'Exportation',
  O: 'Hors champ',
  L: 'Îles Canaries (IGIC)',
  M: 'Ceuta et Melilla (IPSI)',
};

/** BT-81 (UNTDID 4461), those in use. */
const PAYMENT_MEANS: Labels = {
  '1': 'Non précisé',
  '10': 'Espèces',
  '20': 'Chèque',
  '30': 'Virement',
  '31': 'Virement',
  '42': 'Virement',
  '48': 'Carte',
  '49': 'Prélèvement',
  '54': 'Carte de crédit',
  '55': 'Carte de débit',
  '57': 'Accord permanent',
  '58': 'Virement SEPA',
  '59': 'Prélèvement SEPA',
  '97': 'Compensation',
};

/** BT-130 (UN/ECE recommendations 20 and 21), those that people meet. */
const UNITS: Labels = {
  C62: 'unité',
  H87: 'pièce',
  EA: 'unité',
  NAR: 'article',
  HUR: 'heure',
  MIN: 'minute',
  DAY: 'jour',
  WEE: 'semaine',
  MON: 'mois',
  ANN: 'an',
  LS: 'forfait',
  P1: '%',
  SET: 'lot',
  PR: 'paire',
  GRM: 'g',
  KGM: 'kg',
  TNE: 't',
  MTR: 'm',
  KMT: 'km',
  MTK: 'm²',
  MTQ: 'm³',
  LTR: 'l',
  HLT: 'hl',
  KWH: 'kWh',
  MWH: 'MWh',
  XPK: 'paquet',
  XBX: 'boîte',
  XPP: 'pièce',
};

/** Schemes of identifiers (ISO 6523 ICD), and those of the historic formats of the portal. */
const IDENTIFIER_SCHEMES: Labels = {
  '0002': 'SIREN',
  '0009': 'SIRET',
  '0060': 'DUNS',
  '0088': 'GLN',
  '0223': 'TVA intracommunautaire',
  '0225': 'Adresse de facturation',
  '0226': 'Particulier',
  '0227': 'Hors UE',
  '0228': 'RIDET',
  '0229': 'TAHITI',
  '1': 'SIRET',
  '2': 'TVA intracommunautaire',
  '3': 'Hors UE',
  '4': 'RIDET',
  '5': 'TAHITI',
  '6': 'En cours d’immatriculation',
  '7': 'Particulier',
};

/** BT-21 (UNTDID 4451), those of French use (BR-FR-05) first. */
const NOTE_SUBJECTS: Labels = {
  PMT: 'Indemnité forfaitaire pour frais de recouvrement',
  PMD: 'Pénalités de retard',
  AAB: 'Escompte',
  TXD: 'Taxe',
  REG: 'Mentions légales',
  ABL: 'Mentions légales',
  CUS: 'Douane',
  SUR: 'Note du fournisseur',
  AAI: 'Information',
  ADN: 'Dénomination du destinataire',
  BAR: 'Nature de l’opération',
  BLU: 'Éco-participation',
  DCL: 'Déclaration',
  ACC: 'Subrogation',
};

const label = (labels: Labels) => (code: string) => (Object.hasOwn(labels, code) ? labels[code] : undefined) ?? code;

/** Name of a type of document; the code itself when it is not known. */
export const documentType = label(DOCUMENT_TYPES);

/** Name of a unit; the code itself when it is not known. */
export const unit = label(UNITS);

/** What a scheme says that an identifier is; the scheme itself when it is not known. */
export const identifierScheme = label(IDENTIFIER_SCHEMES);

/** What a note is about; the code itself when it is not known. */
export const noteSubject = label(NOTE_SUBJECTS);

/** A VAT category with its code. */
export const vatCategory = withCode(VAT_CATEGORIES);

/** A means of payment with its code. */
export const paymentMeans = withCode(PAYMENT_MEANS);

function withCode(labels: Labels): (code: string) => string {
  return (code) => (Object.hasOwn(labels, code) ? `${labels[code]} (${code})` : code);
}
