import {
  OUTSIDE_VAT_CATEGORY,
  USUAL_COUNTRY,
  USUAL_CURRENCY,
  USUAL_TYPE_CODE,
  vatRateOf,
  type DraftAddress,
  type DraftAdjustment,
  type DraftAmounts,
  type DraftContact,
  type DraftContent,
  type DraftLine,
  type IdentifierType,
} from '#domain';
import { FRENCH_ADDRESS_SCHEME, IDENTIFIER_SCHEMES, SIREN_SCHEME } from '../shared/identifier-schemes.js';

/** A draft with what the platform knows of its parties and computed of its amounts. */
export interface InvoiceToIssue {
  readonly content: DraftContent;
  readonly amounts: DraftAmounts;
  /** The structure that the draft belongs to: nobody else is named as its issuer. */
  readonly issuer: {
    readonly identifier: string;
    readonly identifierType: IdentifierType;
    /** Null once the natural person whose name it is was erased. */
    readonly name: string | null;
  };
  /** The recipient's name in the directory; null when it is not there. */
  readonly recipientName: string | null;
}

/** An element: its attributes (`@name`), its text (`#text`) and its elements, in the order of the schema. */
export interface UblTree {
  readonly [name: string]: UblNode | readonly UblNode[] | undefined;
}
type UblNode = UblTree | string | undefined;

/** Types of which UBL has a document of its own, the credit note. */
const CREDIT_NOTES: ReadonlySet<string> = new Set('261 262 381 396 502 503'.split(' '));

const ROUTING_CODE_SCHEME = '0224';
const SIREN_DIGITS = 9;

const SPECIFICATION = 'urn:cen.eu:en16931:2017';
/** With the terms of the French extension (XP Z12-012). */
const EXTENDED_SPECIFICATION = `${SPECIFICATION}#conformant#urn.cpro.gouv.fr:1p0:extended-ctc-fr`;

/** Whether a draft becomes a credit note of UBL. */
export function isCreditNote({ typeCode = USUAL_TYPE_CODE }: DraftContent): boolean {
  return CREDIT_NOTES.has(typeCode);
}

/**
 * Whether a draft needs the French extension: EN 16931 has no place for who validates for a subcontractor, nor for a second
 * identifier of the buyer, where the public sector wants its service (BR-FR-CPRO-11, UBL-SR-16).
 */
function isExtended({ validator, serviceCode }: DraftContent): boolean {
  return validator !== undefined || serviceCode !== undefined;
}

/** What stands before the supporting documents of the document. */
export function headOf({ content }: InvoiceToIssue): UblTree {
  const { typeCode = USUAL_TYPE_CODE, currency = USUAL_CURRENCY, notes = [], precedingInvoices = [] } = content;
  const creditNote = isCreditNote(content);
  const { start, end } = content.period ?? {};
  const hasPeriod = start !== undefined || end !== undefined || content.taxPointDateCode !== undefined;
  return {
    'cbc:CustomizationID': isExtended(content) ? EXTENDED_SPECIFICATION : SPECIFICATION,
    'cbc:ProfileID': content.billingFrame,
    'cbc:ID': content.number,
    'cbc:IssueDate': content.issueDate,
    'cbc:DueDate': creditNote ? undefined : content.dueDate,
    [creditNote ? 'cbc:CreditNoteTypeCode' : 'cbc:InvoiceTypeCode']: typeCode,
    'cbc:Note': notes.flatMap(({ subject, text }) =>
      text === undefined ? [] : subject === undefined ? text : `#${subject}#${text}`,
    ),
    'cbc:DocumentCurrencyCode': currency,
    'cbc:BuyerReference': content.serviceCode,
    'cac:InvoicePeriod': hasPeriod
      ? { 'cbc:StartDate': start, 'cbc:EndDate': end, 'cbc:DescriptionCode': content.taxPointDateCode }
      : undefined,
    'cac:OrderReference': content.commitmentNumber === undefined ? undefined : { 'cbc:ID': content.commitmentNumber },
    'cac:BillingReference': precedingInvoices.map(({ number, issueDate }) => ({
      'cac:InvoiceDocumentReference': { 'cbc:ID': number, 'cbc:IssueDate': issueDate },
    })),
    'cac:ContractDocumentReference':
      content.contractNumber === undefined
        ? undefined
        : { 'cbc:ID': content.contractNumber, 'cbc:DocumentTypeCode': content.contractType },
  };
}

/** What stands behind the supporting documents of the document. */
export function bodyOf(invoice: InvoiceToIssue): UblTree {
  const { content, amounts } = invoice;
  const { currency = USUAL_CURRENCY, lines = [], adjustments = [], payment, deliveryDate } = content;
  return {
    'cac:AccountingSupplierParty': { 'cac:Party': sellerOf(invoice) },
    'cac:AccountingCustomerParty': { 'cac:Party': buyerOf(invoice) },
    'cac:Delivery': deliveryDate === undefined ? undefined : { 'cbc:ActualDeliveryDate': deliveryDate },
    'cac:PaymentMeans': paymentOf(content),
    'cac:PaymentTerms': payment?.terms === undefined ? undefined : { 'cbc:Note': payment.terms },
    'cac:AllowanceCharge': adjustments.map((one) => ({
      ...adjustmentOf(one, currency),
      'cac:TaxCategory': vatOf(one.vatCategory, vatRateOf(one)),
    })),
    'cac:TaxTotal': taxTotalOf(content, amounts),
    'cac:LegalMonetaryTotal': totalsOf(amounts, currency),
    [isCreditNote(content) ? 'cac:CreditNoteLine' : 'cac:InvoiceLine']: lines.map((line, place) =>
      lineOf(line, place, amounts.lines[place] ?? null, content),
    ),
  };
}

function sellerOf({ content: { seller, validator }, issuer }: InvoiceToIssue): UblTree {
  const party = partyOf(
    issuer.identifier,
    IDENTIFIER_SCHEMES[issuer.identifierType],
    seller?.name ?? issuer.name ?? undefined,
    {
      ...seller,
      address: seller?.address ?? {},
    },
  );
  if (validator?.identifier === undefined) return party;
  return { ...party, 'cac:AgentParty': partyOf(validator.identifier, IDENTIFIER_SCHEMES.SIRET, validator.name, {}) };
}

/** The public sector's service stands with the identifiers of the buyer (BT-46 of scheme 0224), and in BT-10 as ever. */
function buyerOf({ content: { buyer, serviceCode }, recipientName }: InvoiceToIssue): UblTree {
  const name = buyer?.name ?? recipientName ?? undefined;
  const party = partyOf(buyer?.identifier, IDENTIFIER_SCHEMES.SIRET, name, { ...buyer, address: buyer?.address ?? {} });
  if (serviceCode === undefined) return party;
  const identifiers = [
    identified(buyer?.identifier, IDENTIFIER_SCHEMES.SIRET),
    identified(serviceCode, ROUTING_CODE_SCHEME),
  ];
  const identifications = identifiers.flatMap((one) => (one === undefined ? [] : { 'cbc:ID': one }));
  return { ...party, 'cac:PartyIdentification': identifications };
}

interface AboutParty {
  readonly vatNumber?: string;
  readonly legalInformation?: string;
  readonly address?: DraftAddress;
  readonly contact?: DraftContact;
}

/** A party by its identifier; one with a SIRET is registered under its SIREN, and addressed by it. */
function partyOf(
  identifier: string | undefined,
  scheme: string | null,
  name: string | undefined,
  { vatNumber, legalInformation, address, contact }: AboutParty,
): UblTree {
  // Of what was typed wrong as well: the SIRET is then said to be wrong, and nothing else.
  const siren = scheme === IDENTIFIER_SCHEMES.SIRET ? identifier?.slice(0, SIREN_DIGITS) : undefined;
  return {
    'cbc:EndpointID': siren === undefined ? identified(identifier, scheme) : identified(siren, FRENCH_ADDRESS_SCHEME),
    'cac:PartyIdentification': identifier === undefined ? undefined : { 'cbc:ID': identified(identifier, scheme) },
    'cac:PostalAddress':
      address === undefined
        ? undefined
        : {
            'cbc:StreetName': address.line1,
            'cbc:AdditionalStreetName': address.line2,
            'cbc:CityName': address.city,
            'cbc:PostalZone': address.postCode,
            'cac:Country': { 'cbc:IdentificationCode': address.countryCode ?? USUAL_COUNTRY },
          },
    'cac:PartyTaxScheme': vatNumber === undefined ? undefined : { 'cbc:CompanyID': vatNumber, ...VAT_SCHEME },
    'cac:PartyLegalEntity': {
      'cbc:RegistrationName': name,
      'cbc:CompanyID': siren === undefined ? undefined : identified(siren, SIREN_SCHEME),
      'cbc:CompanyLegalForm': legalInformation,
    },
    'cac:Contact':
      contact === undefined
        ? undefined
        : {
            'cbc:Name': contact.name,
            'cbc:Telephone': contact.telephone,
            'cbc:ElectronicMail': contact.email,
          },
  };
}

function paymentOf(content: DraftContent): UblTree | undefined {
  const { payment, dueDate } = content;
  const { meansCode, reference, account, accountName, serviceProvider } = payment ?? {};
  const dueWithIt = isCreditNote(content) ? dueDate : undefined;
  if ([meansCode, reference, account, dueWithIt].every((one) => one === undefined)) return undefined;
  return {
    // 1: the means of payment is not said (UNTDID 4461).
    'cbc:PaymentMeansCode': meansCode ?? '1',
    'cbc:PaymentDueDate': dueWithIt,
    'cbc:PaymentID': reference,
    'cac:PayeeFinancialAccount':
      account === undefined
        ? undefined
        : {
            'cbc:ID': account.replace(/\s/g, ''),
            'cbc:Name': accountName,
            'cac:FinancialInstitutionBranch': serviceProvider === undefined ? undefined : { 'cbc:ID': serviceProvider },
          },
  };
}

function taxTotalOf({ currency = USUAL_CURRENCY, exemptions = [] }: DraftContent, amounts: DraftAmounts): UblTree {
  return {
    'cbc:TaxAmount': money(amounts.totals?.totalVat, currency),
    'cac:TaxSubtotal': amounts.vat.map(({ category, rate, taxableAmount, taxAmount }) => {
      const exemption = exemptions.find(({ vatCategory }) => vatCategory === category);
      return {
        'cbc:TaxableAmount': money(taxableAmount, currency),
        'cbc:TaxAmount': money(taxAmount, currency),
        'cac:TaxCategory': vatOf(category, rate, {
          'cbc:TaxExemptionReasonCode': exemption?.reasonCode,
          'cbc:TaxExemptionReason': exemption?.reason,
        }),
      };
    }),
  };
}

function totalsOf({ totals }: DraftAmounts, currency: string): UblTree {
  const unlessZero = (amount: string | undefined) => (amount === '0.00' ? undefined : money(amount, currency));
  return {
    'cbc:LineExtensionAmount': money(totals?.linesTotal, currency),
    'cbc:TaxExclusiveAmount': money(totals?.totalWithoutVat, currency),
    'cbc:TaxInclusiveAmount': money(totals?.totalWithVat, currency),
    'cbc:AllowanceTotalAmount': unlessZero(totals?.allowancesTotal),
    'cbc:ChargeTotalAmount': unlessZero(totals?.chargesTotal),
    'cbc:PrepaidAmount': unlessZero(totals?.prepaid),
    'cbc:PayableAmount': money(totals?.amountDue, currency),
  };
}

function lineOf(line: DraftLine, place: number, net: string | null, content: DraftContent): UblTree {
  const { currency = USUAL_CURRENCY } = content;
  const { quantity, unitCode, baseQuantity, period, adjustments = [], sellerIdentifier } = line;
  const inUnits = (count: string | undefined) =>
    count === undefined ? undefined : { '@unitCode': unitCode, '#text': count };
  return {
    'cbc:ID': String(place + 1),
    'cbc:Note': line.note,
    [isCreditNote(content) ? 'cbc:CreditedQuantity' : 'cbc:InvoicedQuantity']: inUnits(quantity),
    'cbc:LineExtensionAmount': money(net ?? undefined, currency),
    'cac:InvoicePeriod':
      period === undefined ? undefined : { 'cbc:StartDate': period.start, 'cbc:EndDate': period.end },
    'cac:AllowanceCharge': adjustments.map((one) => adjustmentOf(one, currency)),
    'cac:Item': {
      'cbc:Description': line.description,
      'cbc:Name': line.name,
      'cac:SellersItemIdentification': sellerIdentifier === undefined ? undefined : { 'cbc:ID': sellerIdentifier },
      'cac:ClassifiedTaxCategory': vatOf(line.vatCategory, vatRateOf(line)),
    },
    'cac:Price': { 'cbc:PriceAmount': money(line.price, currency), 'cbc:BaseQuantity': inUnits(baseQuantity) },
  };
}

function adjustmentOf({ kind, amount, reason }: DraftAdjustment, currency: string): UblTree {
  return {
    'cbc:ChargeIndicator': String(kind === 'charge'),
    'cbc:AllowanceChargeReason': reason,
    'cbc:Amount': money(amount, currency),
  };
}

const VAT_SCHEME = { 'cac:TaxScheme': { 'cbc:ID': 'VAT' } };

/** A VAT category; what VAT is not about has no rate (BR-O-05). */
function vatOf(category: string | undefined, rate: string | undefined, exemption: UblTree = {}): UblTree {
  const percent = category === OUTSIDE_VAT_CATEGORY ? undefined : rate;
  return { 'cbc:ID': category, 'cbc:Percent': percent, ...exemption, ...VAT_SCHEME };
}

function money(amount: string | undefined, currency: string): UblTree | undefined {
  return amount === undefined ? undefined : { '@currencyID': currency, '#text': amount };
}

function identified(identifier: string | undefined, scheme: string | null): UblNode {
  if (identifier === undefined || scheme === null) return identifier;
  return { '@schemeID': scheme, '#text': identifier };
}
