import type { Invoice } from '../../../model/invoice.js';
import { lineExemptionReason } from '../engine/document-parts.js';
import { fatal, noBreach, unless, type Breach, type ModelRule } from '../engine/model-rule.js';
import { listed, selfBilledTypeCodes, severalSellersFrames } from '../shapes/codes.js';
import { within } from '../shapes/numbers.js';
import { hasType } from './coherence-rules.js';
import {
  centsFor,
  compositionOf,
  groupLines,
  memberLines,
  sumOfValues,
  vatAmountIn,
  type Composition,
  type MemberLine,
} from './several-sellers.js';

/** A rule that is about the invoices of some compositions only, and looks at their lines. */
const about =
  (
    compositions: readonly Composition[],
    breaches: (members: readonly MemberLine[], invoice: Invoice) => readonly Breach[],
  ) =>
  (invoice: Invoice): readonly Breach[] =>
    compositions.includes(compositionOf(invoice)) ? breaches(memberLines(invoice), invoice) : noBreach;

const both = ['several-sellers', 'both-ways'] as const;
/** Corrections and credit notes, by who issues them: each group of lines names the invoice that it corrects. */
const correctingTypes = new Set(['384', '472', '381', '396', '503']);
const selfBilledCorrectingTypes = new Set(['261', '471', '473', '502']);

/** Rules about invoices of several sellers, and those that go both ways: BR-FR-MV-01 to 14, BR-FR-BD-02, 13 and 14. */
export const severalSellersRules: readonly ModelRule[] = [
  fatal(
    'BR-FR-MV-01',
    about(both, (members) =>
      members.flatMap(({ line, kind }) =>
        unless(kind !== '', () => ({ at: line.element, expected: 'GROUP, DETAIL ou INFORMATION' })),
      ),
    ),
  ),
  fatal(
    'BR-FR-MV-02',
    about(['several-sellers'], (members, { element }) =>
      unless(groupLines(members).length > 0, () => ({ at: element, found: '0', expected: '1 au moins' })),
    ),
  ),
  fatal('BR-FR-BD-02', about(['both-ways'], groupsOfBothWays)),
  fatal(
    'BR-FR-MV-03',
    about(both, (members, invoice) => groupLines(members).flatMap((group) => missingOfGroup(group, invoice))),
  ),
  fatal(
    'BR-FR-MV-05',
    about(both, (members) =>
      groupLines(members).flatMap(({ line, children }) => {
        const counted = children.filter(
          ({ kind, line: child }) => kind !== '' && kind !== 'INFORMATION' && child.netAmount !== null,
        );
        const sum = sumOfValues(counted.map(({ line: child }) => child.netAmount));
        const net = line.netAmount?.decimal ?? null;
        return unless(net !== null && within(net, sum, centsFor(counted.length)), () => ({
          at: line.netAmount ?? line.element,
          found: line.netAmount?.value ?? null,
          expected: sum.toFixed(),
        }));
      }),
    ),
  ),
  fatal(
    'BR-FR-MV-06',
    about(both, (members) => members.flatMap((member) => inherited(member, ({ seller }) => seller))),
  ),
  fatal(
    'BR-FR-MV-07',
    about(both, (members) => members.flatMap((member) => inherited(member, ({ number }) => number))),
  ),
  fatal(
    'BR-FR-MV-08',
    about(both, (members, invoice) =>
      members
        .filter(({ kind }) => kind === 'DETAIL')
        .flatMap(({ line, number }) => {
          const reason = lineExemptionReason(invoice, line);
          const right = number !== null && reason !== null && reason.value.startsWith(`#${number.value}#`);
          const expected = `#${number?.value ?? 'numéro AFL (BT-128)'}#…`;
          return unless(right, () => ({ at: reason ?? line.element, found: reason?.value ?? null, expected }));
        }),
    ),
  ),
  fatal(
    'BR-FR-MV-09',
    about(both, (members, invoice) =>
      groupLines(members).flatMap((group) => {
        const start = `#${group.number?.value ?? ''}#`;
        const sum = sumOfValues(
          invoice.vatBreakdown
            .filter(({ exemptionReason }) => exemptionReason?.value.startsWith(start) === true)
            .map(({ taxAmount }) => taxAmount),
        );
        const vat = vatAmountIn(group, invoice.currency?.value ?? null);
        const right = vat?.decimal != null && within(vat.decimal, sum, '0.01');
        return unless(right, () => ({
          at: vat ?? group.line.element,
          found: vat?.value ?? null,
          expected: sum.toFixed(),
        }));
      }),
    ),
  ),
  fatal(
    'BR-FR-MV-10',
    about(both, (members, invoice) =>
      groupLines(members).flatMap((group) => {
        const total = group.line.amountWithVat;
        if (total === null) return noBreach;
        const sum = sumOfValues([group.line.netAmount, vatAmountIn(group, invoice.currency?.value ?? null)]);
        const details = group.children.filter(({ kind }) => kind === 'DETAIL').length;
        const right = total.decimal !== null && within(total.decimal, sum, centsFor(details));
        return unless(right, () => ({ at: total, found: total.value, expected: sum.toFixed() }));
      }),
    ),
  ),
  fatal('BR-FR-MV-11', about(both, numberOfMainSeller)),
  fatal(
    'BR-FR-MV-12',
    about(both, (members) => {
      const seen = new Set<string>();
      return groupLines(members).flatMap(({ number }) => {
        const repeated = number !== null && seen.has(number.value);
        if (number !== null) seen.add(number.value);
        return unless(!repeated, () => ({ at: number, found: number?.value ?? null }));
      });
    }),
  ),
  fatal('BR-FR-MV-13', (invoice) => {
    if (compositionOf(invoice) !== 'several-sellers') return noBreach;
    return unless(invoice.typeCode !== null && !hasType(invoice, selfBilledTypeCodes), () => ({
      at: invoice.typeCode ?? invoice.element,
      found: invoice.typeCode?.value ?? null,
      expected: `un type autre que ${listed(selfBilledTypeCodes)}`,
    }));
  }),
  fatal('BR-FR-BD-13', (invoice) => {
    if (compositionOf(invoice) !== 'both-ways') return noBreach;
    return unless(hasType(invoice, selfBilledTypeCodes), () => ({
      at: invoice.typeCode ?? invoice.element,
      found: invoice.typeCode?.value ?? null,
      expected: listed(selfBilledTypeCodes),
    }));
  }),
  fatal(
    'BR-FR-MV-14',
    about(['several-sellers'], (members, invoice) => undatedGroups(members, invoice, correctingTypes)),
  ),
  fatal(
    'BR-FR-BD-14',
    about(['both-ways'], (members, invoice) => undatedGroups(members, invoice, selfBilledCorrectingTypes)),
  ),
];

/** Exactly two groups: what the seller invoices, and what the buyer does. */
function groupsOfBothWays(members: readonly MemberLine[], { element, seller, buyer }: Invoice): Breach[] {
  const groups = groupLines(members);
  const ofParty = (registrations: readonly { readonly value: string }[] | undefined): number =>
    groups.filter((group) => registrations?.some(({ value }) => value === group.seller?.value) === true).length;
  const counts: readonly (readonly [string, number, number])[] = [
    ['Lignes de type GROUP sans parent (EXT-FR-FE-163)', groups.length, 2],
    ['Lignes de type GROUP du vendeur (BT-30)', ofParty(seller?.registrations), 1],
    ['Lignes de type GROUP de l’acheteur (BT-47)', ofParty(buyer?.registrations), 1],
  ];
  return counts
    .filter(([, count, wanted]) => count !== wanted)
    .map(([term, count, wanted]) => ({ at: element, term, found: String(count), expected: String(wanted) }));
}

/** What a group of lines must say, as an invoice of its own would. */
function missingOfGroup(group: MemberLine, invoice: Invoice): Breach[] {
  const { line, number, frame, seller } = group;
  const accounting = invoice.vatAccountingCurrency?.value ?? null;
  const ownFrame = frame !== null && !severalSellersFrames.has(frame.value);
  const wanted: readonly (readonly [string, boolean])[] = [
    ['Nom du vendeur de la ligne (EXT-FR-FE-164)', (line.seller?.name ?? null) !== null],
    ['Identifiant légal du vendeur de la ligne (EXT-FR-FE-167)', seller !== null],
    ['Pays du vendeur de la ligne (EXT-FR-FE-177)', (line.seller?.address?.countryCode ?? null) !== null],
    ['TVA de la ligne (EXT-FR-FE-181)', vatAmountIn(group, invoice.currency?.value ?? null) !== null],
    [
      'TVA de la ligne en devise de comptabilité (EXT-FR-FE-182)',
      accounting === null || vatAmountIn(group, accounting) !== null,
    ],
    ['Numéro de sous-facture, schéma AFL (BT-128)', number !== null],
    ['Cadre de facturation de la sous-facture, schéma AVV (BT-128)', ownFrame],
  ];
  return wanted.filter(([, there]) => !there).map(([term]) => ({ at: line.element, term }));
}

/** A datum that every line has, and that is the same on a line and its parent. */
function inherited(
  member: MemberLine,
  read: (member: MemberLine) => { readonly value: string } | null,
): readonly Breach[] {
  const own = read(member)?.value ?? '';
  const parent = member.parent === null ? null : (read(member.parent)?.value ?? '');
  const orphan = member.line.parentLine !== null && member.parent === null;
  return unless(own !== '' && !orphan && (parent === null || parent === own), () => ({
    at: member.line.element,
    found: own === '' ? null : own,
    expected: parent,
  }));
}

/** The main seller's own lines carry the number of the invoice, once. */
function numberOfMainSeller(members: readonly MemberLine[], { seller, number }: Invoice): Breach[] {
  const registration = seller?.registrations[0]?.value ?? null;
  const own = groupLines(members).filter((group) => registration !== null && group.seller?.value === registration);
  const numbered = own.filter((group) => group.number !== null && group.number.value === number?.value);
  if (numbered.length === 1) return [];
  const wrong = numbered.length === 0 ? own : numbered;
  return wrong.map((group) => ({
    at: group.number ?? group.line.element,
    found: group.number?.value ?? null,
    expected: number?.value ?? null,
  }));
}

function undatedGroups(members: readonly MemberLine[], invoice: Invoice, types: ReadonlySet<string>): Breach[] {
  if (!hasType(invoice, types)) return [];
  return groupLines(members).flatMap(({ line }) => {
    const { precedingInvoices, element } = line;
    const numbered = precedingInvoices.some(({ number }) => number !== null);
    const dated = precedingInvoices.some(({ issueDate }) => issueDate !== null);
    return [
      ...unless(numbered, () => ({ at: element, term: 'Facture antérieure de la ligne (EXT-FR-FE-136)' })),
      ...unless(dated, () => ({ at: element, term: 'Date de la facture antérieure de la ligne (EXT-FR-FE-138)' })),
    ];
  });
}
