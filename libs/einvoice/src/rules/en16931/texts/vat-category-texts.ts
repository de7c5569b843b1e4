import type { RuleDescription } from '../../../finding/catalogue-entry.js';
import { businessRule, wrongSum } from './business-rule.js';
import { english, type NamedTerm } from './terms.js';
import { vatCategories, type VatCategory, type VatFamily } from './vat-categories.js';

/** Numbers of the rules that every family has. */
type FamilyRule = '01' | '02' | '03' | '04' | '05' | '06' | '07' | '08' | '09' | '10';
/** Ids of the rules that follow from the VAT categories. */
export type VatFamilyRule = `BR-${VatFamily}-${FamilyRule}`;

/** A line, an allowance or a charge: where it stands in texts, its amount's, category's and rate's terms. */
interface Taxed {
  readonly group: NamedTerm;
  readonly fr: string;
  readonly en: string;
  readonly category: NamedTerm;
  readonly rate: NamedTerm;
}

const line: Taxed = { group: 'BG-25', fr: 'une ligne', en: 'line', category: 'BT-151', rate: 'BT-152' };
const allowance: Taxed = {
  group: 'BG-20',
  fr: 'une remise sur la facture',
  en: 'document allowance',
  category: 'BT-95',
  rate: 'BT-96',
};
const charge: Taxed = {
  group: 'BG-21',
  fr: 'des frais sur la facture',
  en: 'document charge',
  category: 'BT-102',
  rate: 'BT-103',
};

const breakdown = ({ fr, en, breakdowns }: VatCategory): RuleDescription =>
  businessRule(['BG-23', 'BT-118', 'BT-151', 'BT-95', 'BT-102'], {
    fr: `la catégorie de TVA ${fr}, utilisée sur une ligne, une remise ou des frais, doit y figurer ${
      breakdowns === 'one' ? 'une fois et une seule' : 'au moins une fois'
    }`,
    en: `The category ${en} is used by a line, an allowance or a charge; the VAT breakdown must have it ${
      breakdowns === 'one' ? 'exactly once' : 'at least once'
    }.`,
    action:
      breakdowns === 'one'
        ? 'Donnez une seule ventilation de TVA à cette catégorie'
        : 'Donnez une ventilation de TVA à chaque taux de cette catégorie',
  });

interface IdentifiersText {
  readonly terms: readonly [NamedTerm, ...NamedTerm[]];
  readonly fr: string;
  readonly en: string;
  readonly action: string;
}

const identifiersTexts: Record<VatCategory['identifiers'], IdentifiersText> = {
  supplier: {
    terms: ['BT-31', 'BT-32', 'BT-63'],
    fr: 'exige ce numéro, l’identifiant fiscal du fournisseur (BT-32) ou le numéro de TVA de son représentant fiscal (BT-63)',
    en: 'needs the supplier’s VAT identifier (BT-31) or tax registration (BT-32), or the tax representative’s VAT identifier (BT-63)',
    action: 'Renseignez l’un de ces identifiants, ou corrigez la catégorie de TVA',
  },
  'supplier VAT': {
    terms: ['BT-31', 'BT-63'],
    fr: 'exige ce numéro ou le numéro de TVA du représentant fiscal du fournisseur (BT-63)',
    en: 'needs the VAT identifier of the supplier (BT-31) or of its tax representative (BT-63)',
    action: 'Renseignez le numéro de TVA, ou corrigez la catégorie de TVA',
  },
  'supplier and recipient': {
    terms: ['BT-31', 'BT-32', 'BT-63', 'BT-48', 'BT-47'],
    fr: 'exige un numéro de TVA ou un identifiant fiscal du fournisseur (BT-31, BT-32 ou BT-63), et le numéro de TVA (BT-48) ou l’identifiant légal (BT-47) du destinataire',
    en: 'needs a VAT or tax identifier of the supplier (BT-31, BT-32 or BT-63) and one of the recipient (BT-48 or BT-47)',
    action: 'Renseignez les identifiants du fournisseur et du destinataire, ou corrigez la catégorie de TVA',
  },
  'VAT of both': {
    terms: ['BT-48', 'BT-31', 'BT-63'],
    fr: 'exige ce numéro et le numéro de TVA du fournisseur (BT-31) ou de son représentant fiscal (BT-63)',
    en: 'needs the VAT identifier of the recipient (BT-48) and of the supplier (BT-31) or its tax representative (BT-63)',
    action: 'Renseignez les deux numéros de TVA, ou corrigez la catégorie de TVA',
  },
  'no VAT': {
    terms: ['BT-31', 'BT-63', 'BT-48'],
    fr: 'exclut ce numéro, celui du représentant fiscal (BT-63) et celui du destinataire (BT-48)',
    en: 'excludes the VAT identifiers of the supplier (BT-31), of its tax representative (BT-63) and of the recipient (BT-48)',
    action: 'Retirez les numéros de TVA, ou corrigez la catégorie de TVA',
  },
};

const identifiers = (category: VatCategory, taxed: Taxed): RuleDescription => {
  const text = identifiersTexts[category.identifiers];
  return businessRule([...text.terms, taxed.group, taxed.category], {
    fr: `la catégorie de TVA ${category.fr}, utilisée pour ${taxed.fr} (${taxed.group}), ${text.fr}`,
    en: `The category ${category.en}, used by a ${taxed.en} (${taxed.group}), ${text.en}.`,
    action: text.action,
  });
};

const rateTexts: Record<VatCategory['rate'], { fr: string; en: string; action: string }> = {
  positive: {
    fr: 'il doit être supérieur à zéro',
    en: 'must be greater than zero',
    action: 'Écrivez le taux appliqué',
  },
  zero: { fr: 'il doit être égal à zéro', en: 'must be zero', action: 'Écrivez un taux de 0' },
  'not negative': { fr: 'il doit être positif ou nul', en: 'must not be negative', action: 'Écrivez le taux appliqué' },
  absent: { fr: 'il ne doit pas être renseigné', en: 'must not be given', action: 'Retirez le taux' },
};

const rate = (category: VatCategory, taxed: Taxed): RuleDescription => {
  const text = rateTexts[category.rate];
  return businessRule([taxed.rate, taxed.category, taxed.group], {
    fr: `${text.fr} quand la catégorie de TVA est ${category.fr}[ ; trouvé : {found}]`,
    en: `The ${english(taxed.rate)} ${text.en} when the category is ${category.en}.`,
    action: `${text.action}, ou corrigez la catégorie de TVA`,
  });
};

const taxable = (category: VatCategory): RuleDescription => {
  const perRate = category.breakdowns === 'one for each rate';
  return wrongSum(['BT-116', 'BT-118', 'BT-131', 'BT-92', 'BT-99'], {
    sum: `la somme des lignes (BT-131), moins les remises (BT-92), plus les frais (BT-99) de la catégorie de TVA ${category.fr}${
      perRate ? ' au même taux (BT-119)' : ''
    }`,
    en: `The taxable amount (BT-116) is not the lines (BT-131), less the allowances (BT-92), plus the charges (BT-99) of the category ${category.en}${
      perRate ? ' at the same rate (BT-119)' : ''
    }.`,
    action: 'Recalculez la base d’imposition, ou corrigez les catégories et les taux des lignes',
  });
};

const tax = (category: VatCategory): RuleDescription =>
  category.breakdowns === 'one for each rate'
    ? wrongSum(['BT-117', 'BT-116', 'BT-119', 'BT-118'], {
        sum: `la base d’imposition (BT-116) multipliée par le taux (BT-119), la catégorie de TVA étant ${category.fr}`,
        en: `The VAT amount (BT-117) is not the taxable amount (BT-116) times the rate (BT-119) of the category ${category.en}.`,
        action: 'Recalculez le montant de TVA de la catégorie',
      })
    : businessRule(['BT-117', 'BT-118'], {
        code: 'CALCUL_ERR',
        fr: `il doit être égal à zéro quand la catégorie de TVA est ${category.fr}[ ; trouvé : {found}]`,
        en: `The VAT amount (BT-117) must be zero when the category is ${category.en}.`,
        action: 'Écrivez un montant de TVA de 0, ou corrigez la catégorie de TVA',
      });

const exemptionReason = (category: VatCategory): RuleDescription =>
  category.exemptionReason === 'required'
    ? businessRule(['BT-121', 'BT-120', 'BT-118'], {
        fr: `ni ce code ni le motif (BT-120) ne sont renseignés, or la catégorie de TVA ${category.fr} exige l’un ou l’autre`,
        en: `The category ${category.en} needs a VAT exemption reason (BT-120) or its code (BT-121).`,
        action: 'Indiquez pourquoi la TVA n’est pas due, par un code VATEX ou en toutes lettres',
      })
    : businessRule(['BT-121', 'BT-120', 'BT-118'], {
        fr: `la catégorie de TVA ${category.fr} n’admet ni ce code ni le motif d’exonération (BT-120)`,
        en: `The category ${category.en} excludes a VAT exemption reason (BT-120) and its code (BT-121).`,
        action: 'Retirez le motif d’exonération et son code, ou corrigez la catégorie de TVA',
      });

const familyTexts: Record<FamilyRule, (category: VatCategory) => RuleDescription> = {
  '01': breakdown,
  '02': (category) => identifiers(category, line),
  '03': (category) => identifiers(category, allowance),
  '04': (category) => identifiers(category, charge),
  '05': (category) => rate(category, line),
  '06': (category) => rate(category, allowance),
  '07': (category) => rate(category, charge),
  '08': taxable,
  '09': tax,
  '10': exemptionReason,
};

/** The ten rules that each VAT category has in EN 16931, by what {@link vatCategories} says of it. */
export const vatFamilyTexts = Object.fromEntries(
  Object.entries(vatCategories).flatMap(([family, category]) =>
    Object.entries(familyTexts).map(([number, describe]) => [`BR-${family}-${number}`, describe(category)]),
  ),
) as Record<VatFamilyRule, RuleDescription>;

const notSubject = vatCategories.O;
const onlyNotSubject = (taxed: Taxed): RuleDescription =>
  businessRule([taxed.category, taxed.group, 'BT-118'], {
    fr: `une autre catégorie que ${notSubject.fr}[, « {found} »,] est utilisée alors que la ventilation de la TVA n’admet que celle-ci`,
    en: `A ${taxed.en} (${taxed.group}) has another category than ${notSubject.en}, the only one of the VAT breakdown.`,
    action: 'Séparez en deux factures ce qui est soumis à la TVA et ce qui ne l’est pas',
  });

/** Rules of one VAT category that the others do not have. */
export const vatSpecialTexts = {
  'BR-IC-11': businessRule(['BT-72', 'BG-14', 'BT-118'], {
    fr: `ni cette date ni la période de facturation (BG-14) ne sont renseignées, or la catégorie de TVA ${vatCategories.IC.fr} exige l’une ou l’autre`,
    en: `The category ${vatCategories.IC.en} needs an actual delivery date (BT-72) or an invoicing period (BG-14).`,
    action: 'Renseignez la date de livraison ou la période de facturation',
  }),
  'BR-IC-12': businessRule(['BT-80', 'BT-118'], {
    fr: `donnée absente, or la catégorie de TVA ${vatCategories.IC.fr} l’exige`,
    en: `The category ${vatCategories.IC.en} needs a deliver to country code (BT-80).`,
    action: 'Indiquez le pays de livraison',
  }),
  'BR-O-11': businessRule(['BG-23', 'BT-118'], {
    fr: `la catégorie de TVA ${notSubject.fr} n’admet aucune autre ventilation à côté d’elle`,
    en: `A VAT breakdown of the category ${notSubject.en} stands beside another.`,
    action: 'Séparez en deux factures ce qui est soumis à la TVA et ce qui ne l’est pas',
  }),
  'BR-O-12': onlyNotSubject(line),
  'BR-O-13': onlyNotSubject(allowance),
  'BR-O-14': onlyNotSubject(charge),
  'BR-B-01': businessRule(['BT-118', 'BT-151', 'BT-95', 'BT-102'], {
    fr: 'la catégorie « TVA versée par le client » (B, split payment) ne vaut qu’entre deux parties établies en Italie',
    en: 'The category split payment (B) is for domestic Italian invoices only.',
    action: 'Corrigez la catégorie de TVA',
  }),
  'BR-B-02': businessRule(['BT-118', 'BT-151', 'BT-95', 'BT-102'], {
    fr: 'les catégories « TVA versée par le client » (B, split payment) et « taux normal » (S) ne vont pas dans la même facture',
    en: 'The categories split payment (B) and standard rate (S) must not stand in the same invoice.',
    action: 'Corrigez les catégories de TVA, ou faites deux factures',
  }),
} as const satisfies Record<string, RuleDescription>;
