import { conformanceOf, type Conformance } from '../invoice/conformance.js';
import type { Invoice } from '../model/invoice.js';
import { notesAbout, noteText } from './france/afnor/notes.js';
import { historicFrames, reformFrames } from './france/shapes/codes.js';

/** Families of rule sets; each has one version or more, by date. */
export type RuleSetFamily =
  'en16931' | 'extended-ctc-fr' | 'factur-x-extended' | 'afnor' | 'cpro' | 'chorus-historic' | 'repons-strict';

/** One version of a family, with the issue dates that it is for. */
export interface RuleSetVersion {
  /** Name of the set, e.g. `afnor-2025-11`. */
  readonly name: string;
  readonly family: RuleSetFamily;
  /** First issue date (BT-2) that it is for, `yyyy-mm-dd`; the first version of a family is for earlier ones too. */
  readonly from: string;
}

/** Every version of every set. A new edition of the norm is one more line: invoices issued before it keep their rules. */
export const ruleSetVersions: readonly RuleSetVersion[] = [
  { name: 'en16931-1.3.16', family: 'en16931', from: '2017-10-17' },
  { name: 'extended-ctc-fr-1.4.0', family: 'extended-ctc-fr', from: '2025-11-01' },
  { name: 'factur-x-extended-1.09', family: 'factur-x-extended', from: '2017-10-17' },
  { name: 'afnor-2025-11', family: 'afnor', from: '2025-11-01' },
  { name: 'cpro-2025-11', family: 'cpro', from: '2025-11-01' },
  { name: 'chorus-historic', family: 'chorus-historic', from: '2017-01-01' },
  { name: 'repons-strict', family: 'repons-strict', from: '2017-01-01' },
];

/** First day on which invoices between French parties are exchanged by the rules of the reform. */
export const reformStart = '2026-09-01';

/** What a document says of itself, as far as it decides by which rules it is judged. */
export interface SelfDescription {
  /** BT-24 */
  readonly customization: string | null;
  /** BT-23, or the billing frame of the portal's own formats. */
  readonly frame: string | null;
  /** BT-2, `yyyy-mm-dd`. */
  readonly issueDate: string | null;
  /** BT-40 */
  readonly sellerCountry: string | null;
  /** BT-55 */
  readonly buyerCountry: string | null;
  /** Whether a note of subject ADN says that the invoice is to the public sector (XP Z12-012, 4.5.3). */
  readonly declaredPublic: boolean;
}

/** What rule sets are chosen by. */
export interface RuleSetQuestion extends Partial<SelfDescription> {
  /** The interface that the document was deposited by; null of a file that came by none. */
  readonly interfaceCode: string | null;
}

/** Interfaces of the portal's own formats; `FSO115x` and those of the reform came later (external specifications, 5.4.2). */
const historicInterface = /^FSO11[0-3]\dA$/;
const reformInterfaces: ReadonlySet<string> = new Set(['FSO1150A', 'FSO1156A', 'FSO1157A']);

/** Profiles that leave out what EN 16931 wants (no lines), and those whose own sums stand in the place of its sums. */
const besideEn16931: ReadonlyMap<Conformance, readonly RuleSetFamily[]> = new Map([
  ['MINIMUM', []],
  ['BASIC WL', []],
  ['EXTENDED', ['factur-x-extended']],
  ['EXTENDED-CTC-FR', ['extended-ctc-fr']],
]);

/** What a document says of itself. */
export function describeItself(invoice: Invoice): SelfDescription {
  return {
    customization: invoice.specification?.value ?? null,
    frame: invoice.businessProcess?.value ?? null,
    issueDate: invoice.issueDate?.value ?? null,
    sellerCountry: invoice.seller?.address?.countryCode?.value ?? null,
    buyerCountry: invoice.buyer?.address?.countryCode?.value ?? null,
    declaredPublic: notesAbout(invoice, 'ADN').some((note) => noteText(note) === 'B2G'),
  };
}

/**
 * Chooses the rule sets of a document, in the order in which they are applied. The values of the sets contradict one another
 * (numbers of 20 or 35 characters, spaces in them, prices below zero), so the interface decides; a file that came by none is
 * judged by what it says of itself.
 *
 * @returns names of {@link ruleSetVersions}; a document of an unknown interface is judged as one that came by none
 */
export function chooseRuleSets(question: RuleSetQuestion): string[] {
  return familiesOf(question).map((family) => versionOf(family, question.issueDate ?? null));
}

function familiesOf(question: RuleSetQuestion): RuleSetFamily[] {
  const { interfaceCode } = question;
  if (interfaceCode !== null && historicInterface.test(interfaceCode)) return ['chorus-historic', 'repons-strict'];
  if (interfaceCode !== null && reformInterfaces.has(interfaceCode)) {
    return [...standardOf(question), 'afnor', 'cpro', 'repons-strict'];
  }
  if (isHistoric(question)) return ['chorus-historic', 'repons-strict'];
  const reform: RuleSetFamily[] = isOfTheReform(question) ? ['afnor'] : [];
  if (reform.length > 0 && question.declaredPublic === true) reform.push('cpro');
  return [...standardOf(question), ...reform, 'repons-strict'];
}

/** EN 16931, unless the document says that it follows something less or something more. */
function standardOf({ customization = null }: RuleSetQuestion): readonly RuleSetFamily[] {
  const conformance = conformanceOf(customization);
  return (conformance === null ? undefined : besideEn16931.get(conformance)) ?? ['en16931'];
}

/** A frame of the portal's own (A1 to A25) is found nowhere else. */
function isHistoric({ frame = null }: RuleSetQuestion): boolean {
  return frame !== null && historicFrames.has(frame);
}

/** The French extension says so itself; otherwise both parties are French, and the frame or the date is of the reform. */
function isOfTheReform(question: RuleSetQuestion): boolean {
  const { customization = null, sellerCountry, buyerCountry, frame = null, issueDate = null } = question;
  if (conformanceOf(customization) === 'EXTENDED-CTC-FR') return true;
  if (sellerCountry !== 'FR' || buyerCountry !== 'FR') return false;
  return (frame !== null && reformFrames.has(frame)) || (issueDate !== null && issueDate >= reformStart);
}

/** The version of a family for an issue date: the last that had begun, or the first of all. */
function versionOf(family: RuleSetFamily, issueDate: string | null): string {
  let chosen: string | null = null;
  for (const version of ruleSetVersions) {
    if (version.family !== family) continue;
    const begun = issueDate === null || version.from <= issueDate;
    if (begun || chosen === null) chosen = version.name;
  }
  return chosen ?? family;
}
