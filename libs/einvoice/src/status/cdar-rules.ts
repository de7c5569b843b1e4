import { finding, type Finding } from '../finding/finding.js';
import type { XmlElement } from '../xml/element.js';
import {
  businessProcesses,
  characteristicTypes,
  documentStatusCodes,
  invoiceProfile,
  invoiceTypes,
  lifecycleCodes,
  platformRole,
  platformScheme,
  processingPhase,
  publicPortalProfile,
  publicPortalRole,
  publicSectorPlatform,
  publicSectorRefusalReasons,
  reasonCodes,
  reasonsOfLifecycleCode,
  requestedActions,
  statusesWithReason,
  tradingRoles,
  transmissionPhase,
} from './cdar-codes.js';
import { elementAt, elementsAt, textAt, textsAt } from './elements.js';
import type { CdarRuleId } from './texts.js';

/** One rule of the French profile of CDAR. */
interface CdarRule {
  readonly rule: CdarRuleId;
  /** Path from the root of the elements that it is about. */
  readonly about: string;
  readonly holds: (element: XmlElement, message: XmlElement) => boolean;
}

const REFERENCE = 'AcknowledgementDocument/ReferenceReferencedDocument';
const STATUS = `${REFERENCE}/SpecifiedDocumentStatus`;
/** What could not be received has no date and no seller that could be read. */
const UNRECEIVABLE = '501';

const has =
  (path: string) =>
  (element: XmlElement): boolean =>
    elementAt(element, path) !== null;
const isIn =
  (codes: ReadonlySet<string>) =>
  ({ text }: XmlElement): boolean =>
    codes.has(text.trim());
const phaseOf = (message: XmlElement): string | null => textAt(message, 'AcknowledgementDocument/TypeCode');
const statusOf = (reference: XmlElement): string | null => textAt(reference, 'ProcessConditionCode');
const isToPublicPortal = (message: XmlElement): boolean =>
  textAt(message, 'ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID') === publicPortalProfile;

/** The two phases say by themselves who may have sent and given a status, and by which codes. */
const inPhase =
  (phase: string, holds: (element: XmlElement) => boolean) =>
  (element: XmlElement, message: XmlElement): boolean =>
    phaseOf(message) !== phase || holds(element);

/** Whether the message comes from the platform of the public sector, which knows more reasons of a refusal. */
function isOfPublicSector(message: XmlElement): boolean {
  const numbers = elementsAt(message, 'ExchangedDocument/SenderTradeParty/GlobalID');
  return numbers.some(
    (one) => one.attribute('schemeID') === platformScheme && one.text.trim() === publicSectorPlatform,
  );
}

/** A reason is of its own detail's status where it names one, and otherwise of that of the invoice. */
function statusOfReason({ parent }: XmlElement): string | null {
  const detail = parent === null ? null : statusOf(parent);
  return detail ?? (parent?.parent ? statusOf(parent.parent) : null);
}

const reasonOf = (status: string): CdarRule['holds'] => {
  const reasons = reasonsOfLifecycleCode[status];
  return (reason) => statusOfReason(reason) !== status || reasons?.has(reason.text.trim()) === true;
};

const refusalReason =
  (publicSector: boolean, reasons: ReadonlySet<string> | undefined): CdarRule['holds'] =>
  (reason, message) =>
    statusOfReason(reason) !== '210' ||
    isOfPublicSector(message) !== publicSector ||
    reasons?.has(reason.text.trim()) === true;

function isForPublicPortalAlone(message: XmlElement): boolean {
  const recipients = elementsAt(message, 'ExchangedDocument/RecipientTradeParty');
  const numbers = recipients.flatMap((recipient) => elementsAt(recipient, 'GlobalID'));
  return (
    isToPublicPortal(message) &&
    numbers.length === 1 &&
    numbers[0]?.attribute('schemeID') === platformScheme &&
    recipients.some((recipient) => textAt(recipient, 'RoleCode') === publicPortalRole)
  );
}

/** Paid: each amount with its VAT rate, and one at least (BR-FR-CDV-14). */
function tellsPayments(reference: XmlElement): boolean {
  if (statusOf(reference) !== '212') return true;
  const all = elementsAt(reference, 'SpecifiedDocumentStatus/SpecifiedDocumentCharacteristic');
  const payments = all.filter((one) => textAt(one, 'TypeCode') === 'MEN');
  return payments.length > 0 && payments.every((one) => has('ValueAmount')(one) && has('ValuePercent')(one));
}

function namesProcess(context: XmlElement, message: XmlElement): boolean {
  const process = textAt(context, 'BusinessProcessSpecifiedDocumentContextParameter/ID') ?? '';
  return isToPublicPortal(message) ? process.length <= 3 : businessProcesses.has(process);
}

/**
 * The rules of the French profile (BR-FR-CDV of XP Z12-012), as their published Schematron asserts them; where it asserts
 * of an element that it is there, in the context of that element, the rule says what its text says. The assertion
 * `BR-FR-CDV-07_MDT-38_no` is left out: as it is published nothing breaks it.
 */
const rules: readonly CdarRule[] = [
  {
    rule: 'BR-FR-CDV-01_MDG-3',
    about: 'ExchangedDocumentContext',
    holds: has('GuidelineSpecifiedDocumentContextParameter'),
  },
  {
    rule: 'BR-FR-CDV-02_MDT-3',
    about: 'ExchangedDocumentContext',
    holds: (context, message) =>
      textAt(context, 'GuidelineSpecifiedDocumentContextParameter/ID') === invoiceProfile ||
      isForPublicPortalAlone(message),
  },
  { rule: 'BR-FR-CDV-CL-01_MDT-2', about: 'ExchangedDocumentContext', holds: namesProcess },
  { rule: 'BR-FR-CDV-03_MDT-4', about: 'ExchangedDocument', holds: has('ID') },
  { rule: 'BR-FR-CDV-04_MDG-4', about: 'ExchangedDocument', holds: has('IssueDateTime') },
  { rule: 'BR-FR-CDV-05_MDG-9', about: 'ExchangedDocument', holds: has('SenderTradeParty') },
  { rule: 'BR-FR-CDV-06_MDT-21', about: 'ExchangedDocument/SenderTradeParty', holds: has('RoleCode') },
  {
    rule: 'BR-FR-CDV-CL-02_MDT-21_305',
    about: 'ExchangedDocument',
    holds: inPhase(transmissionPhase, (document) => textAt(document, 'SenderTradeParty/RoleCode') === platformRole),
  },
  {
    rule: 'BR-FR-CDV-CL-02_MDT-21_23',
    about: 'ExchangedDocument',
    holds: inPhase(processingPhase, (document) => {
      const role = textAt(document, 'SenderTradeParty/RoleCode') ?? '';
      return role === platformRole || tradingRoles.has(role);
    }),
  },
  {
    rule: 'BR-FR-CDV-CL-03_MDT-40_305',
    about: 'ExchangedDocument',
    holds: inPhase(transmissionPhase, (document) => textAt(document, 'IssuerTradeParty/RoleCode') === platformRole),
  },
  {
    rule: 'BR-FR-CDV-CL-03_MDT-40_23',
    about: 'ExchangedDocument',
    holds: inPhase(processingPhase, (document) =>
      tradingRoles.has(textAt(document, 'IssuerTradeParty/RoleCode') ?? ''),
    ),
  },
  {
    rule: 'BR-FR-CDV-07_MDT-38_yes',
    about: 'ExchangedDocument/IssuerTradeParty',
    holds: inPhase(processingPhase, has('GlobalID')),
  },
  {
    rule: 'BR-FR-CDV-08_MDT-73',
    about: 'ExchangedDocument/RecipientTradeParty',
    holds: (recipient) =>
      [platformRole, publicPortalRole].includes(textAt(recipient, 'RoleCode') ?? '') ||
      has('URIUniversalCommunication/URIID')(recipient),
  },
  {
    rule: 'BR-FR-CDV-CL-04_MDT-59',
    about: 'ExchangedDocument/RecipientTradeParty/RoleCode',
    holds: isIn(new Set([...tradingRoles, platformRole, publicPortalRole])),
  },
  {
    rule: 'BR-FR-CDV-09_MDT-77',
    about: 'AcknowledgementDocument',
    holds: (document) => [transmissionPhase, processingPhase].includes(textAt(document, 'TypeCode') ?? ''),
  },
  { rule: 'BR-FR-CDV-10_MDT-87', about: REFERENCE, holds: has('IssuerAssignedID') },
  ...[transmissionPhase, processingPhase].map((phase): CdarRule => {
    const codes = documentStatusCodes[phase];
    return {
      rule: phase === transmissionPhase ? 'BR-FR-CDV-CL-05_MDT-88_305' : 'BR-FR-CDV-CL-05_MDT-88_23',
      about: REFERENCE,
      holds: inPhase(phase, (reference) => {
        const code = textAt(reference, 'StatusCode');
        return code === null || codes?.has(code) === true;
      }),
    };
  }),
  { rule: 'BR-FR-04_MDT-91', about: `${REFERENCE}/TypeCode`, holds: isIn(invoiceTypes) },
  {
    rule: 'BR-FR-CDV-11_MDG-35',
    about: REFERENCE,
    holds: (reference) => has('FormattedIssueDateTime')(reference) || statusOf(reference) === UNRECEIVABLE,
  },
  { rule: 'BR-FR-CDV-12_MDT-105', about: REFERENCE, holds: has('ProcessConditionCode') },
  { rule: 'BR-FR-CDV-CL-06_MDT-105', about: `${REFERENCE}/ProcessConditionCode`, holds: isIn(lifecycleCodes) },
  {
    rule: 'BR-FR-CDV-13_MDT-129',
    about: REFERENCE,
    holds: (reference) => has('IssuerTradeParty/GlobalID')(reference) || statusOf(reference) === UNRECEIVABLE,
  },
  {
    rule: 'BR-FR-CDV-CL-07_MDT-132',
    about: `${REFERENCE}/IssuerTradeParty/RoleCode`,
    holds: isIn(new Set(['SE'])),
  },
  {
    rule: 'BR-FR-CDV-CL-08_MDT-158',
    about: `${REFERENCE}/RecipientTradeParty/RoleCode`,
    holds: isIn(new Set([...tradingRoles, platformRole, publicPortalRole])),
  },
  { rule: 'BR-FR-CDV-14_MDT-207', about: REFERENCE, holds: tellsPayments },
  {
    rule: 'BR-FR-CDV-15_MDT-113',
    about: REFERENCE,
    holds: (reference) =>
      !statusesWithReason.has(statusOf(reference) ?? '') ||
      textsAt(reference, 'SpecifiedDocumentStatus/ReasonCode').length > 0,
  },
  { rule: 'BR-FR-CDV-16_MDT-124-2', about: STATUS, holds: has('SequenceNumeric') },
  { rule: 'BR-FR-CDV-CL-06_MDT-115', about: `${STATUS}/ProcessConditionCode`, holds: isIn(lifecycleCodes) },
  { rule: 'BR-FR-CDV-CL-09_MDT-113', about: `${STATUS}/ReasonCode`, holds: isIn(reasonCodes) },
  ...(['200', '206', '207', '208', '213', '221', '501'] as const).map((status): CdarRule => ({
    rule: `BR-FR-CDV-CL-09_MDT-113_${status}`,
    about: `${STATUS}/ReasonCode`,
    holds: reasonOf(status),
  })),
  {
    rule: 'BR-FR-CDV-CL-09_MDT-113_210',
    about: `${STATUS}/ReasonCode`,
    holds: refusalReason(false, reasonsOfLifecycleCode['210']),
  },
  {
    rule: 'BR-FR-CDV-CL-09_MDT-113_210B2G',
    about: `${STATUS}/ReasonCode`,
    holds: refusalReason(true, publicSectorRefusalReasons),
  },
  { rule: 'BR-FR-CDV-CL-10_MDT-121', about: `${STATUS}/RequestedActionCode`, holds: isIn(requestedActions) },
  {
    rule: 'BR-FR-CDV-CL-11_MDT-207',
    about: `${STATUS}/SpecifiedDocumentCharacteristic/TypeCode`,
    holds: isIn(characteristicTypes),
  },
];

/**
 * Judges a CDAR message by the French profile.
 *
 * @param message its root
 * @returns what it breaks, in the order of the rules; warnings among them
 */
export function judgeCdar(message: XmlElement): Finding[] {
  return rules.flatMap(({ rule, about, holds }) =>
    elementsAt(message, about)
      .filter((element) => !holds(element, message))
      .map((element) => {
        const { location, line, children } = element;
        return finding(rule, { location, line, found: children.length === 0 ? element.text.trim() : null });
      }),
  );
}
