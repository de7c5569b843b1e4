import type { ReasonCode, RuleDescription } from '../finding/catalogue-entry.js';

const structureText = (
  severity: RuleDescription['severity'],
  fr: string,
  action: string,
  en: string,
  code: ReasonCode = 'IRR_SYNTAX',
): RuleDescription => ({
  code,
  layer: 'syntax',
  severity,
  since: '0.2.0',
  terms: [],
  fr,
  en,
  action,
  resendable: true,
});

const follow = 'Produisez la facture selon le schéma de son format, puis déposez-la à nouveau.';

/** What is said of a document that can be read and does not have the structure of its format, or is not judged in full. */
export const judgeTexts = {
  'SYNTAX-XSD': structureText(
    'fatal',
    'Schéma XSD de la facture : il n’est pas respecté ({found}).',
    follow,
    'The document does not follow the XSD schema of its format.',
  ),
  'SYNTAX-XSD-NOT-APPLIED': structureText(
    'warning',
    'Schéma XSD de la facture : il n’a pas été appliqué, car la facture a plus de {expected} éléments.',
    'Aucune action n’est attendue : les contrôles de structure de la plateforme ont été faits.',
    'The XSD schema was not applied to a document of so many elements; the built-in structure rules were.',
  ),
  'SYNTAX-ORDER': structureText(
    'fatal',
    'Structure de la facture : l’élément {found} n’est pas à sa place, il vient avant {expected}.',
    follow,
    'An element stands behind one that the format wants it to precede.',
  ),
  'SYNTAX-REPEATED': structureText(
    'fatal',
    'Structure de la facture : l’élément {found} est répété alors que le format n’en admet qu’un à cet endroit.',
    'Ne gardez qu’un élément, puis déposez à nouveau la facture.',
    'An element is repeated that may stand once.',
  ),
  'SYNTAX-UNKNOWN-ELEMENT': structureText(
    'warning',
    'Structure de la facture : l’élément {found} n’existe pas à cet endroit dans le format ; il n’est pas lu.',
    'Supprimez cet élément, ou écrivez-le là où le format l’attend.',
    'An element that the format does not know there; it is not read.',
  ),
  'FINDINGS-CUT': structureText(
    'warning',
    'Anomalies de la facture : seules les {expected} premières sont données.',
    'Corrigez les anomalies données, puis contrôlez à nouveau la facture.',
    'The document breaks more rules than are reported.',
  ),
} as const satisfies Record<string, RuleDescription>;
