/** A term of an invoice as people type it: its code, what it is called, where it stands in a draft. */
export interface DraftTerm {
  readonly label: string;
  /** Path in the content; `[]` stands for the place in the list before it. */
  readonly field: string;
}

const term = (label: string, field: string): DraftTerm => ({ label, field });

/**
 * The terms of EN 16931 that a draft can hold, and where: by it both what is missing and what the controls find are told in
 * the words of whoever types the invoice (R22). Computed terms stand beside the field that they are computed of.
 */
export const DRAFT_TERMS = {
  'BT-1': term('Numéro de facture', 'number'),
  'BT-2': term('Date de la facture', 'issueDate'),
  'BT-3': term('Type de facture', 'typeCode'),
  'BT-5': term('Devise', 'currency'),
  'BT-8': term('Exigibilité de la TVA', 'taxPointDateCode'),
  'BT-9': term('Date d’échéance', 'dueDate'),
  'BT-10': term('Code service', 'serviceCode'),
  'BT-12': term('Numéro de marché ou de contrat', 'contractNumber'),
  'EXT-FR-FE-01': term('Marché ou contrat', 'contractType'),
  'BT-13': term('Numéro d’engagement juridique', 'commitmentNumber'),
  'BT-20': term('Conditions de paiement', 'payment.terms'),
  'BG-1': term('Mentions', 'notes'),
  'BT-21': term('Sujet de la mention', 'notes[].subject'),
  'BT-22': term('Mention', 'notes[].text'),
  'BT-23': term('Cadre de facturation', 'billingFrame'),
  'BG-3': term('Factures antérieures', 'precedingInvoices'),
  'BT-25': term('Numéro de la facture antérieure', 'precedingInvoices[].number'),
  'BT-26': term('Date de la facture antérieure', 'precedingInvoices[].issueDate'),
  'BG-4': term('Émetteur', 'seller'),
  'BT-27': term('Nom de l’émetteur', 'seller.name'),
  'BT-31': term('Numéro de TVA de l’émetteur', 'seller.vatNumber'),
  'BT-33': term('Mentions légales de l’émetteur', 'seller.legalInformation'),
  'BG-5': term('Adresse de l’émetteur', 'seller.address'),
  'BT-35': term('Adresse de l’émetteur', 'seller.address.line1'),
  'BT-36': term('Complément d’adresse de l’émetteur', 'seller.address.line2'),
  'BT-37': term('Ville de l’émetteur', 'seller.address.city'),
  'BT-38': term('Code postal de l’émetteur', 'seller.address.postCode'),
  'BT-40': term('Pays de l’émetteur', 'seller.address.countryCode'),
  'BG-6': term('Contact de l’émetteur', 'seller.contact'),
  'BT-41': term('Nom du contact de l’émetteur', 'seller.contact.name'),
  'BT-42': term('Téléphone du contact de l’émetteur', 'seller.contact.telephone'),
  'BT-43': term('Adresse électronique du contact de l’émetteur', 'seller.contact.email'),
  'BG-7': term('Destinataire', 'buyer'),
  'BT-44': term('Nom du destinataire', 'buyer.name'),
  'BT-46': term('SIRET du destinataire', 'buyer.identifier'),
  'BT-47': term('SIREN du destinataire', 'buyer.identifier'),
  'BT-49': term('Adresse électronique du destinataire', 'buyer.identifier'),
  'BG-8': term('Adresse du destinataire', 'buyer.address'),
  'BT-50': term('Adresse du destinataire', 'buyer.address.line1'),
  'BT-51': term('Complément d’adresse du destinataire', 'buyer.address.line2'),
  'BT-52': term('Ville du destinataire', 'buyer.address.city'),
  'BT-53': term('Code postal du destinataire', 'buyer.address.postCode'),
  'BT-55': term('Pays du destinataire', 'buyer.address.countryCode'),
  'BG-9': term('Contact du destinataire', 'buyer.contact'),
  'EXT-FR-FE-69': term('SIRET du valideur (titulaire ou mandataire)', 'validator.identifier'),
  'BT-72': term('Date de livraison', 'deliveryDate'),
  'BG-14': term('Période de facturation', 'period'),
  'BT-73': term('Début de la période', 'period.start'),
  'BT-74': term('Fin de la période', 'period.end'),
  'BG-16': term('Paiement', 'payment'),
  'BT-81': term('Mode de paiement', 'payment.meansCode'),
  'BT-83': term('Référence à rappeler au paiement', 'payment.reference'),
  'BT-84': term('Compte à créditer (IBAN)', 'payment.account'),
  'BT-85': term('Titulaire du compte', 'payment.accountName'),
  'BT-86': term('BIC', 'payment.serviceProvider'),
  'BT-92': term('Montant de la remise', 'adjustments[].amount'),
  'BT-95': term('Catégorie de TVA de la remise', 'adjustments[].vatCategory'),
  'BT-96': term('Taux de TVA de la remise', 'adjustments[].vatRate'),
  'BT-97': term('Motif de la remise', 'adjustments[].reason'),
  'BT-99': term('Montant des frais', 'adjustments[].amount'),
  'BT-102': term('Catégorie de TVA des frais', 'adjustments[].vatCategory'),
  'BT-103': term('Taux de TVA des frais', 'adjustments[].vatRate'),
  'BT-104': term('Motif des frais', 'adjustments[].reason'),
  'BT-106': term('Somme des lignes', 'lines'),
  'BT-109': term('Total HT', 'lines'),
  'BT-110': term('Total de TVA', 'lines'),
  'BT-112': term('Total TTC', 'lines'),
  'BT-113': term('Montant déjà payé', 'prepaid'),
  'BT-115': term('Net à payer', 'prepaid'),
  'BT-120': term('Motif d’exonération', 'exemptions[].reason'),
  'BT-121': term('Code du motif d’exonération', 'exemptions[].reasonCode'),
  'BG-24': term('Pièces jointes', 'supportingDocuments'),
  'BT-123': term('Qualification de la pièce jointe', 'supportingDocuments[].description'),
  'BT-125': term('Pièce jointe', 'supportingDocuments[]'),
  'BT-125-2': term('Nom de la pièce jointe', 'supportingDocuments[].name'),
  'BG-25': term('Lignes', 'lines'),
  'BT-127': term('Note de la ligne', 'lines[].note'),
  'BT-129': term('Quantité', 'lines[].quantity'),
  'BT-130': term('Unité', 'lines[].unitCode'),
  'BT-131': term('Montant net de la ligne', 'lines[]'),
  'BT-134': term('Début de la période de la ligne', 'lines[].period.start'),
  'BT-135': term('Fin de la période de la ligne', 'lines[].period.end'),
  'BT-136': term('Montant de la remise de la ligne', 'lines[].adjustments'),
  'BT-139': term('Motif de la remise de la ligne', 'lines[].adjustments'),
  'BT-141': term('Montant des frais de la ligne', 'lines[].adjustments'),
  'BT-144': term('Motif des frais de la ligne', 'lines[].adjustments'),
  'BT-146': term('Prix unitaire HT', 'lines[].price'),
  'BT-149': term('Quantité de base du prix', 'lines[].baseQuantity'),
  'BT-151': term('Catégorie de TVA', 'lines[].vatCategory'),
  'BT-152': term('Taux de TVA', 'lines[].vatRate'),
  'BT-153': term('Désignation', 'lines[].name'),
  'BT-154': term('Description', 'lines[].description'),
  'BT-155': term('Référence de l’article', 'lines[].sellerIdentifier'),
} as const satisfies Readonly<Record<string, DraftTerm>>;

/** Code of a term that a draft can hold. */
export type DraftTermCode = keyof typeof DRAFT_TERMS;

/** Whether a draft can hold a term of this code. */
export function isDraftTerm(code: string): code is DraftTermCode {
  return code in DRAFT_TERMS;
}

/**
 * Where a term stands in a draft.
 *
 * @param place in the list that holds it, from 0; without one, the list as a whole
 */
export function draftField(code: DraftTermCode, place: number | null = null): string {
  const { field } = DRAFT_TERMS[code];
  if (place !== null) return field.replace('[]', `[${place}]`);
  return field.split('[]')[0] ?? field;
}
