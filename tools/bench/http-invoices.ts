import { invoiceStream, type InvoiceEvent, type InvoiceIntegrated } from '#domain';
import type { StreamAppend } from '#events';
import { makeSiren, makeSiret, seededRandom, type SeededRandom } from '../samples/index.js';

/** Somebody of the invented world of this bench. */
export interface BenchParty {
  readonly identifier: string;
  readonly name: string;
}

/** Who sends and who receives. The first of each list has the most invoices, the last one next to none. */
export interface BenchParties {
  readonly issuers: readonly BenchParty[];
  readonly recipients: readonly BenchParty[];
}

const ISSUERS = 5_000;
const RECIPIENTS = 2_000;
const DAYS = 365;
const WORDS = ['Ateliers', 'Bureau', 'Chantiers', 'Distribution', 'Entretien', 'Fournitures', 'Gestion', 'Habitat'];

/** Invented parties: 5,000 issuers and 2,000 recipients. */
export function benchParties(): BenchParties {
  const random = seededRandom('http-parties');
  const parties = (count: number, prefix: string, kind: string): BenchParty[] =>
    Array.from({ length: count }, (_, rank) => ({
      identifier: makeSiret(makeSiren(random, `${prefix}${String(rank).padStart(7, '0')}`), 1),
      name: `${kind} ${random.pick(WORDS)} ${rank + 1}`,
    }));
  return { issuers: parties(ISSUERS, '5', 'Société'), recipients: parties(RECIPIENTS, '1', 'Commune') };
}

/**
 * So many invoices of one year, each a new stream: three in four were paid since, one in a hundred is suspended, the others wait for
 * their recipient. Who is first in a list of parties has about a twentieth of all.
 *
 * @param until the last day of deposit
 */
export function* benchInvoices(count: number, parties: BenchParties, until: Date): Generator<StreamAppend> {
  const random = seededRandom('http-invoices');
  for (let rank = 0; rank < count; rank += 1) {
    const depositedAt = new Date(until.getTime() - Math.floor(((count - rank) / count) * DAYS * 86_400_000));
    const integrated = integratedInvoice(rank, depositedAt, parties, random);
    const { issuer, number, issueDate } = integrated.data;
    yield {
      stream: invoiceStream(issuer.identifier, number, issueDate),
      expected: 'none',
      events: [integrated, ...whatFollowed(integrated, random)].map((event) => ({ ...event, occurredAt: depositedAt })),
    };
  }
}

function integratedInvoice(
  rank: number,
  depositedAt: Date,
  { issuers, recipients }: BenchParties,
  random: SeededRandom,
): InvoiceIntegrated {
  const issuer = unevenly(issuers, random);
  const amount = random.integer(1_000, 9_999_999);
  const euros = (cents: number): string => (cents / 100).toFixed(2);
  return {
    type: 'InvoiceIntegrated',
    data: {
      flowNumber: `CPP${depositedAt.toISOString().slice(0, 10).replaceAll('-', '')}${String(rank % 500).padStart(9, '0')}`,
      rank: 1 + Math.floor(rank / 500),
      member: null,
      channel: 'SFTP',
      depositedAt: depositedAt.toISOString(),
      sender: issuer,
      number: `F-${String(rank).padStart(8, '0')}`,
      issueDate: depositedAt.toISOString().slice(0, 10),
      typeCode: '380',
      billingFrame: 'A1',
      issuer,
      recipient: unevenly(recipients, random),
      validator: null,
      serviceCode: `SERVICE-${random.integer(1, 20)}`,
      commitmentNumber: random.digits(10),
      contractNumber: null,
      dueDate: null,
      currency: 'EUR',
      totalWithoutVat: euros(amount),
      totalVat: euros(Math.round(amount / 5)),
      totalWithVat: euros(amount + Math.round(amount / 5)),
      amountDue: euros(amount + Math.round(amount / 5)),
      syntax: 'UBL',
      rules: ['en16931-1.3.16'],
      warnings: [],
      supportingDocuments: [],
      document: { object: 'a'.repeat(64), offset: 0, length: 10_000, sha256: 'b'.repeat(64) },
    },
  };
}

function whatFollowed({ data }: InvoiceIntegrated, random: SeededRandom): InvoiceEvent[] {
  const fate = random.integer(1, 100);
  if (fate > 76) return [];
  const { number, issueDate, serviceCode } = data;
  const parties = { issuer: data.issuer.identifier, recipient: data.recipient.identifier, validator: null };
  const suspended = fate > 75;
  return [
    {
      type: 'InvoiceStatusChanged',
      data: {
        invoice: { number, issueDate, serviceCode, ...parties },
        from: 'MISE_A_DISPOSITION',
        to: suspended ? 'SUSPENDUE' : 'MISE_EN_PAIEMENT',
        by: 'recipient',
        reason: suspended ? 'JUSTIF_ABS' : null,
        comment: null,
        paymentOrder: null,
        secondValidator: null,
      },
    },
  ];
}

/** The first far more often than the last, as invoices are in life. */
function unevenly(parties: readonly BenchParty[], random: SeededRandom): BenchParty {
  const share = random.integer(0, 999_999) / 1_000_000;
  return parties[Math.floor(share ** 2.5 * parties.length)] as BenchParty;
}
