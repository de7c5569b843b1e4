import { absentPaths } from '../../../engine/absent-paths.js';
import { path } from '../../../engine/path.js';
import { onlyWhen } from '../../../engine/rule-set.js';
import { fatal, shortfall, warning, type UblAssertion, type UblContext } from '../assertions.js';
import type { UblFacts } from '../facts.js';
import { textsOf } from '../values.js';
import { attributesOfOneElement, forbiddenAnywhere, forbiddenAttributes } from './anywhere.js';
import { forbiddenInBuyer } from './buyer.js';
import { forbiddenInDelivery } from './delivery.js';
import { forbiddenInDocument } from './document.js';
import { forbiddenInLines } from './lines.js';
import { forbiddenInPayeeAndRepresentative } from './payee-and-representative.js';
import { forbiddenInPayment } from './payment.js';
import { forbiddenInReferences } from './references.js';
import { forbiddenInSeller } from './seller.js';
import { forbiddenInTotals } from './totals.js';

const ublVersion = path('cbc:UBLVersionID');
const dueDate = path('cac:PaymentMeans/cbc:PaymentDueDate');
const documentType = path('cbc:DocumentTypeCode');
const documentId = path('cbc:ID');
const attachment = path('cac:Attachment');
const description = path('cbc:DocumentDescription');

/** UNTDID 1001: the referenced document is the invoiced object (BT-18), not a supporting document (BG-24). */
const invoicedObject = '130';

const forbiddenPaths = [
  ...forbiddenInDocument,
  ...forbiddenInReferences,
  ...forbiddenInSeller,
  ...forbiddenInBuyer,
  ...forbiddenInPayeeAndRepresentative,
  ...forbiddenInDelivery,
  ...forbiddenInPayment,
  ...forbiddenInTotals,
  ...forbiddenInLines,
];

const foundAnywhere: readonly UblAssertion[] = [
  ...forbiddenAnywhere.map(([rule]) =>
    warning(rule, (_, { survey }) => {
      const found = survey.intruder(rule);
      return found === null || { at: found, found: found.name.written };
    }),
  ),
  ...[...forbiddenAttributes, ...attributesOfOneElement].map(([rule, name]) =>
    warning(rule, (_, { survey }) => {
      const [found] = survey.withAttribute(name);
      return found === undefined || { at: found, found: `${name}="${found.attribute(name) ?? ''}"` };
    }),
  ),
];

/** What UBL offers and EN 16931 does not know, as far as the whole document decides it (UBL-CR, UBL-DT). */
export const forbiddenContent: Pick<UblContext, 'assertions' | 'intruders'> = {
  intruders: absentPaths('warning', forbiddenPaths),
  assertions: [
    warning('UBL-CR-002', (root) => {
      const versions = ublVersion.all(root);
      return versions.length === 0 || textsOf(versions).has('2.1') || shortfall(versions[0] ?? null, '2.1');
    }),
    // A credit note of UBL 2.1 has no due date of its own, so its payment means may hold it.
    warning('UBL-CR-412', (root) => {
      const found = dueDate.first(root);
      return found === null || root.localName === 'CreditNote' || shortfall(found);
    }),
    warning('UBL-CR-665', (_, { survey }) => {
      for (const reference of survey.elements('cac:AdditionalDocumentReference')) {
        const types = documentType.all(reference);
        if (types.length > 0 && types.every((type) => type.stringValue === invoicedObject)) continue;
        const found = documentId.all(reference).find((id) => id.attribute('schemeID') !== null);
        if (found !== undefined) return { at: found, found: found.attribute('schemeID') };
      }
      return true;
    }),
    fatal('UBL-CR-666', (_, facts) => withoutInObjectReference(facts, attachment)),
    fatal('UBL-CR-673', (_, facts) => withoutInObjectReference(facts, description)),
    ...onlyWhen((_, { survey }) => survey.hasIntruders, foundAnywhere),
  ],
};

function withoutInObjectReference(
  { survey }: UblFacts,
  unwanted: typeof attachment,
): ReturnType<UblAssertion['holds']> {
  for (const reference of survey.elements('cac:AdditionalDocumentReference')) {
    const found = unwanted.first(reference);
    if (found !== null && documentType.all(reference).some((type) => type.stringValue === invoicedObject)) {
      return { at: found, found: found.name.written };
    }
  }
  return true;
}
