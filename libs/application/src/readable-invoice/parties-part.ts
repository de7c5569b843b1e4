import type { InvoiceModel } from '#einvoice';
import { factsOf, together, type Fact } from './blocks.js';
import { identifierScheme } from './code-labels.js';
import { text, texts, type Party, type Value } from './model-terms.js';
import type { PdfContent } from './pdf-document.js';

/** Parties that most invoices have, side by side, then the others that this one has. */
export function partiesPart(model: InvoiceModel): PdfContent[] {
  const others: readonly (readonly [string, Party | null])[] = [
    ['Bénéficiaire du paiement', model.payee],
    ['Représentant fiscal', model.taxRepresentative],
    ['Valideur (titulaire du marché)', isSame(model.validator, model.invoicee) ? null : model.validator],
    ['Facture adressée à', model.invoicee],
    ['Facture établie par', model.invoicer],
    ['Payeur', model.payer],
    ['Mandataire du vendeur', model.sellerAgent],
    ['Mandataire de l’acheteur', model.buyerAgent],
  ];
  const both: PdfContent = {
    columns: [
      { stack: partyPart('Fournisseur', model.seller), width: '*' },
      { stack: partyPart('Destinataire', model.buyer), width: '*' },
    ],
    columnGap: 16,
  };
  return [both, ...others.flatMap(([title, party]) => partyPart(title, party))];
}

/** The historic formats write the validator where another syntax has whom the invoice is addressed to. */
function isSame(one: Party | null, other: Party | null): boolean {
  return one !== null && one.element === other?.element;
}

/** One party with all that the invoice says of it; nothing when it is absent. */
export function partyPart(title: string, party: Party | null): PdfContent[] {
  if (party === null) return [];
  const { address, contacts } = party;
  const place = address === null ? [] : [address.line1, address.line2, address.line3];
  const city = [text(address?.postCode), text(address?.city)].filter((one) => one !== null).join(' ');
  const facts: Fact[] = [
    ['Nom', text(party.name)],
    ['Nom commercial', text(party.tradingName)],
    ['Identifiants', texts(party.identifiers, withScheme)],
    ['Immatriculation', texts(party.registrations, withScheme)],
    ['N° de TVA', texts(party.vatNumbers)],
    ['Immatriculation fiscale', texts(party.taxRegistrations)],
    ['Forme juridique, capital', text(party.legalInformation)],
    ['Adresse électronique', party.electronicAddress === null ? null : texts([party.electronicAddress], withScheme)],
    ['Adresse', texts(place.filter((one) => one !== null))],
    ['Code postal et ville', city === '' ? null : city],
    ['Région', text(address?.countrySubdivision)],
    ['Pays', text(address?.countryCode)],
    ['Contact', together(contacts.map(({ name, telephone, email }) => wordsOf([name, telephone, email])))],
  ];
  return factsIn(title, facts);
}

/** Narrower than the facts of the whole page: two parties stand side by side. */
function factsIn(title: string, facts: readonly Fact[]): PdfContent[] {
  const said = facts.flatMap(([label, said]) =>
    said === null ? [] : [{ text: [{ text: `${label} : `, color: '#444444' }, said] }],
  );
  if (said.length === 0) return factsOf(title, [['', '—']]);
  return [
    { text: title, style: 'heading' },
    { stack: said, margin: [0, 0, 0, 4] },
  ];
}

function withScheme(identifier: Value): string {
  return identifier.scheme === null ? identifier.value : `${identifier.value} (${identifierScheme(identifier.scheme)})`;
}

function wordsOf(values: readonly (Value | null)[]): string {
  return values.flatMap((one) => (one === null ? [] : [one.value])).join(', ');
}
