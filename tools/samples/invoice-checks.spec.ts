import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Decimal } from 'decimal.js';
import { XmlDocument, XmlElement, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';
import { generateInvoice, hasValidLuhnDigit, sampleDirectory, type SampleFormat } from './index.js';

const SEED = 'checks';
const directory = sampleDirectory(SEED);
const PREFIXES = {
  ubl: 'urn:oasis:names:specification:ubl:schema:xsd:Invoice-2',
  cac: 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2',
  cbc: 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2',
  rsm: 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100',
  ram: 'urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100',
  udt: 'urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100',
};

const invoice = (rank: number, format: SampleFormat, lineCount?: number): string =>
  generateInvoice({
    seed: SEED,
    rank,
    format,
    supplier: directory.suppliers[rank % directory.suppliers.length] as (typeof directory.suppliers)[number],
    recipient: directory.recipients[rank % directory.recipients.length] as (typeof directory.recipients)[number],
    issueDate: '2026-09-14',
    ...(lineCount === undefined ? {} : { lineCount }),
  });

/** Where each syntax keeps the amounts; paths are relative to what they belong to. */
const PATHS = {
  UBL: {
    line: '/ubl:Invoice/cac:InvoiceLine',
    lineNet: 'cbc:LineExtensionAmount',
    quantity: 'cbc:InvoicedQuantity',
    price: 'cac:Price/cbc:PriceAmount',
    lineRate: 'cac:Item/cac:ClassifiedTaxCategory/cbc:Percent',
    adjustment: 'cac:AllowanceCharge',
    document: '/ubl:Invoice',
    documentAdjustment: 'cac:AllowanceCharge',
    indicator: 'cbc:ChargeIndicator',
    amount: 'cbc:Amount',
    adjustmentRate: 'cac:TaxCategory/cbc:Percent',
    vat: '/ubl:Invoice/cac:TaxTotal/cac:TaxSubtotal',
    vatRate: 'cac:TaxCategory/cbc:Percent',
    vatBase: 'cbc:TaxableAmount',
    vatAmount: 'cbc:TaxAmount',
    vatTotal: '/ubl:Invoice/cac:TaxTotal/cbc:TaxAmount',
    totals: '/ubl:Invoice/cac:LegalMonetaryTotal',
    names: {
      lines: 'cbc:LineExtensionAmount',
      allowances: 'cbc:AllowanceTotalAmount',
      charges: 'cbc:ChargeTotalAmount',
      withoutVat: 'cbc:TaxExclusiveAmount',
      withVat: 'cbc:TaxInclusiveAmount',
      prepaid: 'cbc:PrepaidAmount',
      payable: 'cbc:PayableAmount',
    },
  },
  CII: {
    line: '//ram:IncludedSupplyChainTradeLineItem',
    lineNet: 'ram:SpecifiedLineTradeSettlement//ram:LineTotalAmount',
    quantity: 'ram:SpecifiedLineTradeDelivery/ram:BilledQuantity',
    price: 'ram:SpecifiedLineTradeAgreement/ram:NetPriceProductTradePrice/ram:ChargeAmount',
    lineRate: 'ram:SpecifiedLineTradeSettlement/ram:ApplicableTradeTax/ram:RateApplicablePercent',
    adjustment: 'ram:SpecifiedLineTradeSettlement/ram:SpecifiedTradeAllowanceCharge',
    document: '//ram:ApplicableHeaderTradeSettlement',
    documentAdjustment: 'ram:SpecifiedTradeAllowanceCharge',
    indicator: 'ram:ChargeIndicator/udt:Indicator',
    amount: 'ram:ActualAmount',
    adjustmentRate: 'ram:CategoryTradeTax/ram:RateApplicablePercent',
    vat: '//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax',
    vatRate: 'ram:RateApplicablePercent',
    vatBase: 'ram:BasisAmount',
    vatAmount: 'ram:CalculatedAmount',
    vatTotal: '//ram:TaxTotalAmount',
    totals: '//ram:SpecifiedTradeSettlementHeaderMonetarySummation',
    names: {
      lines: 'ram:LineTotalAmount',
      allowances: 'ram:AllowanceTotalAmount',
      charges: 'ram:ChargeTotalAmount',
      withoutVat: 'ram:TaxBasisTotalAmount',
      withVat: 'ram:GrandTotalAmount',
      prepaid: 'ram:TotalPrepaidAmount',
      payable: 'ram:DuePayableAmount',
    },
  },
} as const;

const sum = (amounts: Decimal[]): Decimal => amounts.reduce((total, amount) => total.plus(amount), new Decimal(0));
const half = (amount: Decimal): Decimal => amount.toDecimalPlaces(2, Decimal.ROUND_HALF_UP);

/** Does again, from the written document, every sum of EN 16931 and gives those that differ. */
function wrongSums(xml: string, format: SampleFormat): string[] {
  const paths = PATHS[format];
  using document = XmlDocument.fromString(xml);
  const text = (from: XmlElement, path: string): string => {
    const node = from.get(path, PREFIXES);
    if (!(node instanceof XmlElement)) throw new Error(`nothing at ${path}`);
    return node.content;
  };
  const elements = (from: XmlElement, path: string): XmlElement[] => from.find(path, PREFIXES) as XmlElement[];
  const wrong: string[] = [];
  const expectEqual = (name: string, found: Decimal, expected: Decimal): void => {
    if (!found.equals(expected)) wrong.push(`${name}: ${found.toString()} is not ${expected.toString()}`);
  };
  const signed = (adjustment: XmlElement): Decimal =>
    new Decimal(text(adjustment, paths.amount)).times(text(adjustment, paths.indicator) === 'true' ? 1 : -1);

  const taxableByRate = new Map<string, Decimal>();
  const addTaxable = (rate: string, amount: Decimal): void => {
    taxableByRate.set(rate, (taxableByRate.get(rate) ?? new Decimal(0)).plus(amount));
  };
  const lines = elements(document.root, paths.line);
  for (const line of lines) {
    const gross = half(new Decimal(text(line, paths.price)).times(text(line, paths.quantity)));
    const net = new Decimal(text(line, paths.lineNet));
    expectEqual('BT-131', net, gross.plus(sum(elements(line, paths.adjustment).map(signed))));
    addTaxable(text(line, paths.lineRate), net);
  }
  const header = document.get(paths.document, PREFIXES) as XmlElement;
  const adjustments = elements(header, paths.documentAdjustment);
  for (const adjustment of adjustments) addTaxable(text(adjustment, paths.adjustmentRate), signed(adjustment));
  const vatGroups = elements(document.root, paths.vat);
  for (const group of vatGroups) {
    const rate = text(group, paths.vatRate);
    const base = new Decimal(text(group, paths.vatBase));
    expectEqual('BT-116', base, taxableByRate.get(rate) ?? new Decimal(0));
    expectEqual('BT-117', new Decimal(text(group, paths.vatAmount)), half(base.times(rate).div(100)));
  }
  expectEqual('rates', new Decimal(vatGroups.length), new Decimal(taxableByRate.size));
  const totals = document.get(paths.totals, PREFIXES) as XmlElement;
  const total = (name: keyof typeof paths.names): Decimal => new Decimal(text(totals, paths.names[name]));
  const vat = new Decimal(text(document.root, paths.vatTotal));
  const ofKind = (isCharge: boolean): Decimal =>
    sum(adjustments.map(signed).filter((one) => one.isPositive() === isCharge)).abs();
  expectEqual('BT-106', total('lines'), sum(lines.map((line) => new Decimal(text(line, paths.lineNet)))));
  expectEqual('BT-107', total('allowances'), ofKind(false));
  expectEqual('BT-108', total('charges'), ofKind(true));
  expectEqual('BT-109', total('withoutVat'), total('lines').minus(total('allowances')).plus(total('charges')));
  expectEqual('BT-110', vat, sum(vatGroups.map((group) => new Decimal(text(group, paths.vatAmount)))));
  expectEqual('BT-112', total('withVat'), total('withoutVat').plus(vat));
  expectEqual('BT-115', total('payable'), total('withVat').minus(total('prepaid')));
  return wrong;
}

const RANKS = Array.from({ length: 150 }, (_, rank) => rank);

describe.each(['UBL', 'CII'] as const)('a generated invoice in %s', (format) => {
  it('is well-formed and its sums are those of EN 16931', () => {
    for (const rank of RANKS)
      expect({ rank, wrong: wrongSums(invoice(rank, format), format) }).toEqual({ rank, wrong: [] });
  });

  it('is summed exactly with twenty lines as well', () => {
    const xml = invoice(3, format, 20);
    expect(wrongSums(xml, format)).toEqual([]);
    expect(xml.match(format === 'UBL' ? /<cac:InvoiceLine>/g : /<ram:LineID>/g)).toHaveLength(20);
  });

  it('shows a wrong sum to this very check when one digit is changed', () => {
    const xml = invoice(0, format);
    const payable = /(PayableAmount[^>]*>\d+)(\d)\./.exec(xml);
    const digit = payable?.[2] === '9' ? '8' : '9';
    expect(wrongSums(xml.replace(/(PayableAmount[^>]*>\d*)\d\./, `$1${digit}.`), format)).toHaveLength(1);
  });

  it('weighs between 8 and 12 kB', () => {
    const sizes = RANKS.map((rank) => Buffer.byteLength(invoice(rank, format)));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(8_000);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(12_000);
  });

  it('mixes at least two VAT rates, and all four rates are met', () => {
    const met = new Set<string>();
    for (const rank of RANKS) {
      const rates = new Set(
        [...invoice(rank, format).matchAll(/Percent>([\d.]+)</g)].map((match) => match[1] as string),
      );
      expect(rates.size).toBeGreaterThanOrEqual(2);
      for (const rate of rates) met.add(rate);
    }
    expect([...met].sort()).toEqual(['10.00', '2.10', '20.00', '5.50']);
  });

  it('carries the legal notes, references, account and, on some, an embedded document', () => {
    const xml = invoice(0, format);
    for (const subject of ['PMT', 'PMD', 'AAB']) expect(xml).toContain(subject);
    expect(xml).toMatch(/>EJ\d{8}</);
    expect(xml).toMatch(/>MAPA-\d{4}-\d{3}</);
    expect(xml).toMatch(/BuyerReference>[A-Z0-9-]+</);
    expect(xml).toMatch(/>FR\d{25}</);
    const embedded = RANKS.map((rank) => /mimeCode="text\/csv"[^>]*>([^<]+)</.exec(invoice(rank, format))?.[1]);
    const documents = embedded.filter((base64) => base64 !== undefined);
    expect(documents.length).toBeGreaterThan(10);
    expect(documents.length).toBeLessThan(RANKS.length);
    expect(Buffer.from(documents[0] as string, 'base64').toString('utf8')).toContain('designation;quantite');
  });
});

describe('the identifiers of the sample directory', () => {
  it('are right by Luhn, by the VAT key and by ISO 13616, and no two parties share one', () => {
    const { suppliers, recipients, inactiveRecipient, unknownRecipient } = directory;
    const parties = [...suppliers, ...recipients, inactiveRecipient, unknownRecipient];
    for (const party of parties) {
      expect(party.siren).toMatch(/^\d{9}$/);
      expect(party.siret).toMatch(new RegExp(`^${party.siren}\\d{5}$`));
      expect([hasValidLuhnDigit(party.siren), hasValidLuhnDigit(party.siret)]).toEqual([true, true]);
      expect(Number(party.vatNumber.slice(2, 4))).toBe((12 + 3 * (Number(party.siren) % 97)) % 97);
    }
    expect(new Set(parties.map((party) => party.siren)).size).toBe(parties.length);
    for (const { iban } of suppliers) {
      const rearranged = `${iban.slice(4)}1527${iban.slice(2, 4)}`;
      expect([iban.length, BigInt(rearranged) % 97n, BigInt(iban.slice(4)) % 97n]).toEqual([27, 1n, 0n]);
    }
  });

  it('the check of Luhn refuses a changed digit', () => {
    const { siret } = directory.suppliers[0] as (typeof directory.suppliers)[number];
    expect(hasValidLuhnDigit(`${(Number(siret[0]) + 1) % 10}${siret.slice(1)}`)).toBe(false);
  });
});

const SCHEMAS = join(import.meta.dirname, '../../../shared/data/xsd');
const SCHEMA_FILES = {
  UBL: 'ubl-2.1/maindoc/UBL-Invoice-2.1.xsd',
  CII: 'cii-d16b/CII/uncefact/data/standard/CrossIndustryInvoice_100pD16B.xsd',
} as const;

// The schemas belong to OASIS and UN/CEFACT and are not part of the repository: checked where they are installed.
if (existsSync(SCHEMAS)) {
  describe('against the published schemas', () => {
    it.each(['UBL', 'CII'] as const)('a generated invoice in %s is valid', (format) => {
      xmlRegisterFsInputProviders();
      const path = join(SCHEMAS, SCHEMA_FILES[format]);
      using schema = XmlDocument.fromBuffer(readFileSync(path), { url: pathToFileURL(path).href });
      using validator = XsdValidator.fromDoc(schema);
      for (const rank of RANKS.slice(0, 40)) {
        using document = XmlDocument.fromString(invoice(rank, format));
        expect(() => validator.validate(document)).not.toThrow();
      }
    });
  });
}
