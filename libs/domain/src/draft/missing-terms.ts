import { draftAmounts, isDraftNumber } from './draft-amounts.js';
import {
  OUTSIDE_VAT_CATEGORY,
  TAXED_CATEGORY,
  USUAL_TYPE_CODE,
  vatRateOf,
  type DraftAdjustment,
  type DraftContent,
  type DraftLine,
} from './draft-content.js';
import { DRAFT_TERMS, draftField, type DraftTermCode } from './draft-terms.js';

/** Something that a draft needs before it can be sent. */
export interface MissingTerm {
  /** Code of EN 16931 or of its French extension. */
  readonly term: DraftTermCode;
  /** Where it is to be typed, e.g. `lines[0].price`. */
  readonly field: string;
  /** What to do, in French. */
  readonly message: string;
}

/** Mentions that French law wants on an invoice (commercial code, L441-9; BR-FR-05): the subject of the note, and about what. */
const MANDATORY_NOTES = [
  ['PMT', 'indemnité forfaitaire pour frais de recouvrement'],
  ['PMD', 'pénalités de retard'],
  ['AAB', 'escompte, ou son absence'],
] as const;

/** Frames of subcontractors and co-contractors, whose holder of the contract validates first (BR-FR-CPRO-21, R27). */
const VALIDATED_FRAMES: ReadonlySet<string> = new Set(['S3', 'S6']);

/** Types that are about an earlier invoice: corrected invoices and credit notes (BR-FR-CO-04, BR-FR-CO-05). */
const TYPES_ABOUT_ANOTHER: ReadonlySet<string> = new Set('384 471 472 473 261 381 396 502 503'.split(' '));

/** Means of payment that need an account to be credited (BR-61). */
const CREDIT_TRANSFERS: ReadonlySet<string> = new Set(['30', '58']);

/**
 * Says what an invoice under input still lacks before it can be sent (R22). It asks for presence alone: whether what is there
 * is right is judged when it is sent, by the rules that judge every invoice. What the recipient asks for besides (R23) is the
 * directory's to say.
 */
export function missingTerms(content: DraftContent): readonly MissingTerm[] {
  return [
    ...missingOfHeader(content),
    ...missingOfParties(content),
    ...missingNotes(content),
    ...missingOfPayment(content),
    ...(content.adjustments ?? []).flatMap(missingOfAdjustment),
    ...missingOfLines(content),
    ...missingExemptions(content),
  ];
}

function missingOfHeader(content: DraftContent): MissingTerm[] {
  const { number, issueDate, billingFrame, typeCode = USUAL_TYPE_CODE, precedingInvoices = [] } = content;
  const aboutAnother = TYPES_ABOUT_ANOTHER.has(typeCode);
  return [
    ...unless(number, 'BT-1'),
    ...unless(issueDate, 'BT-2'),
    ...unless(billingFrame, 'BT-23'),
    ...(aboutAnother && precedingInvoices.length === 0 ? [missing('BG-3')] : []),
    ...precedingInvoices.flatMap((one, place) => [
      ...unless(one.number, 'BT-25', place),
      ...unless(one.issueDate, 'BT-26', place),
    ]),
  ];
}

function missingOfParties({ seller, buyer, validator, billingFrame, lines = [] }: DraftContent): MissingTerm[] {
  // What VAT is not about names no VAT number; every other category does (BR-S-02, BR-Z-02, BR-E-02 …).
  const aboutVat = lines.some(({ vatCategory }) => vatCategory !== undefined && vatCategory !== OUTSIDE_VAT_CATEGORY);
  const validated = billingFrame !== undefined && VALIDATED_FRAMES.has(billingFrame);
  return [
    ...(aboutVat ? unless(seller?.vatNumber, 'BT-31') : []),
    ...unless(buyer?.identifier, 'BT-46'),
    ...(validated ? unless(validator?.identifier, 'EXT-FR-FE-69') : []),
  ];
}

function missingNotes({ notes = [] }: DraftContent): MissingTerm[] {
  return MANDATORY_NOTES.filter(([subject]) =>
    notes.every((note) => note.subject !== subject || note.text === undefined),
  ).map(([subject, about]) => ({
    term: 'BG-1',
    field: draftField('BG-1'),
    message: `Mentions : ajoutez la mention obligatoire de sujet ${subject} (${about}).`,
  }));
}

function missingOfPayment(content: DraftContent): MissingTerm[] {
  const { dueDate, payment } = content;
  const { totals } = draftAmounts(content);
  const isDue = totals === null || !/^(?:-|0\.00$)/.test(totals.amountDue);
  const byTransfer = payment?.meansCode !== undefined && CREDIT_TRANSFERS.has(payment.meansCode);
  return [
    ...(isDue && payment?.terms === undefined ? unless(dueDate, 'BT-9') : []),
    ...(byTransfer ? unless(payment.account, 'BT-84') : []),
  ];
}

function missingOfAdjustment(adjustment: DraftAdjustment, place: number): MissingTerm[] {
  const { kind, amount, reason, vatCategory } = adjustment;
  const isCharge = kind === 'charge';
  return [
    ...unlessNumber(amount, isCharge ? 'BT-99' : 'BT-92', place),
    ...unless(reason, isCharge ? 'BT-104' : 'BT-97', place),
    ...unless(vatCategory, isCharge ? 'BT-102' : 'BT-95', place),
    ...(vatCategory === undefined ? [] : unlessNumber(vatRateOf(adjustment), isCharge ? 'BT-103' : 'BT-96', place)),
  ];
}

function missingOfLines({ lines = [] }: DraftContent): MissingTerm[] {
  if (lines.length === 0) return [missing('BG-25')];
  return lines.flatMap((line: DraftLine, place) => [
    ...unless(line.name, 'BT-153', place),
    ...unlessNumber(line.quantity, 'BT-129', place),
    ...unless(line.unitCode, 'BT-130', place),
    ...unlessNumber(line.price, 'BT-146', place),
    ...unless(line.vatCategory, 'BT-151', place),
    ...(line.vatCategory === undefined ? [] : unlessNumber(vatRateOf(line), 'BT-152', place)),
    ...(line.adjustments ?? []).flatMap(({ kind, amount, reason }) => [
      ...unlessNumber(amount, kind === 'charge' ? 'BT-141' : 'BT-136', place),
      ...unless(reason, kind === 'charge' ? 'BT-144' : 'BT-139', place),
    ]),
  ]);
}

/** Categories in which no VAT is charged say why, but for the rate of zero (BR-E-10, BR-AE-10, BR-IC-10, BR-G-10, BR-O-10). */
function missingExemptions({ lines = [], adjustments = [], exemptions = [] }: DraftContent): MissingTerm[] {
  const used = new Set([...lines, ...adjustments].map(({ vatCategory }) => vatCategory));
  return [...used].flatMap((category) => {
    if (category === undefined || category === TAXED_CATEGORY || category === 'Z') return [];
    const said = exemptions.some(
      ({ vatCategory, reason, reasonCode }) =>
        vatCategory === category && (reason !== undefined || reasonCode !== undefined),
    );
    if (said) return [];
    const message = `Motif d’exonération : dites pourquoi la catégorie ${category} n’est pas taxée.`;
    return [{ term: 'BT-120', field: draftField('BT-120'), message }];
  });
}

function unless(value: string | undefined, term: DraftTermCode, place: number | null = null): MissingTerm[] {
  return value === undefined || value.trim() === '' ? [missing(term, place)] : [];
}

function unlessNumber(value: string | undefined, term: DraftTermCode, place: number | null): MissingTerm[] {
  return value !== undefined && isDraftNumber(value) ? [] : [missing(term, place)];
}

function missing(term: DraftTermCode, place: number | null = null): MissingTerm {
  const { label, field } = DRAFT_TERMS[term];
  const where = place === null ? '' : field.startsWith('lines') ? `Ligne ${place + 1}, ` : `N° ${place + 1}, `;
  return { term, field: draftField(term, place), message: `${where}${label} (${term}) : à renseigner.` };
}
