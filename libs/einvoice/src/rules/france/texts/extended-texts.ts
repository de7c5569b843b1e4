import type { RuleDescription } from '../../../finding/catalogue-entry.js';
import { vatCategories, type VatCategory, type VatFamily } from '../../en16931/texts/vat-categories.js';
import { frenchRule, frenchWarning } from './french-rule.js';

const missingOnLine = (term: string, name: string, en: string, action: string): RuleDescription =>
  frenchRule([term, 'BG-25'], {
    fr: `${name} (${term}) : donnée absente, obligatoire pour une ligne qui n’est ni GROUP ni INFORMATION`,
    en: `A line that is neither a group nor information has its ${en} (${term})`,
    action,
  });

const wrongTotal = (terms: readonly string[], name: string, sum: string, en: string): RuleDescription =>
  frenchRule(terms, {
    fr: `${name} (${terms[0] ?? ''}) : le calcul est faux[ (trouvé : {found})], attendu : {expected}, soit ${sum}, à un centime près par élément`,
    en,
    action: 'Recalculez ce total',
    code: 'MONTANTTOTAL_ERR',
  });

/** The rules that both extensions have, by what stands behind the prefix of their ids. */
const shared = {
  '06': frenchRule(['EXT-FR-FE-163', 'EXT-FR-FE-162'], {
    fr: 'Sous-type de ligne (EXT-FR-FE-163) : donnée absente, obligatoire pour une ligne parente ou une sous-ligne ; attendu : {expected}',
    en: 'A line that is part of another, or has parts, says its kind',
    action: 'Renseignez le sous-type de la ligne',
  }),
  '08': frenchRule(['BT-131', 'EXT-FR-FE-162'], {
    fr: 'Montant net de la ligne GROUP (BT-131) : {found} au lieu de {expected}, somme des sous-lignes',
    en: 'The net amount of a group (BT-131) is the sum of its parts',
    action: 'Corrigez le montant de la ligne GROUP ou de ses sous-lignes',
    code: 'CALCUL_ERR',
  }),
  '11': frenchRule(['EXT-FR-FE-162', 'BT-126'], {
    fr: 'Ligne parente (EXT-FR-FE-162) : aucune ligne n’a le numéro « {found} »',
    en: 'The parent of a line is a line of the invoice',
    action: 'Indiquez le numéro d’une ligne de la facture',
  }),
  'CO-04': missingOnLine(
    'BT-151',
    'Code de catégorie de TVA de la ligne',
    'VAT category',
    'Indiquez la catégorie de TVA de la ligne',
  ),
  'CO-10': wrongTotal(
    ['BT-106', 'BT-131'],
    'Somme des montants nets des lignes',
    'la somme des montants nets (BT-131) des lignes qui ne sont ni GROUP ni INFORMATION',
    'The sum of the line net amounts (BT-106) is that of the lines that count (BT-131), within a cent for each',
  ),
  'CO-11': wrongTotal(
    ['BT-107', 'BT-92'],
    'Somme des remises sur la facture',
    'la somme des remises (BT-92)',
    'The sum of the document allowances (BT-107) is that of their amounts (BT-92), within a cent for each',
  ),
  'CO-12': wrongTotal(
    ['BT-108', 'BT-99'],
    'Somme des frais sur la facture',
    'la somme des frais (BT-99), frais de logistique compris',
    'The sum of the document charges (BT-108) is that of their amounts (BT-99) and of logistics, within a cent for each',
  ),
  'CO-13': wrongTotal(
    ['BT-109', 'BT-131', 'BT-92', 'BT-99'],
    'Montant total hors TVA',
    'les montants nets des lignes (BT-131), moins les remises (BT-92), plus les frais (BT-99)',
    'The total without VAT (BT-109) is the lines (BT-131), less the allowances (BT-92), plus the charges (BT-99), within a cent for each',
  ),
  'CO-15': wrongTotal(
    ['BT-112', 'BT-109', 'BT-110'],
    'Montant total TTC',
    'le montant total hors TVA (BT-109) plus le montant total de TVA (BT-110)',
    'The total with VAT (BT-112) is the total without VAT (BT-109) plus the VAT (BT-110), within a cent for each part',
  ),
  'S-09': frenchRule(['BT-117', 'BT-116', 'BT-119'], {
    fr: 'Montant de TVA de la catégorie (BT-117) : {found} au lieu de {expected}, soit la base (BT-116) multipliée par le taux (BT-119), à un centime près par élément',
    en: 'The VAT of a breakdown (BT-117) is its taxable amount (BT-116) by its rate (BT-119), within a cent for each part',
    action: 'Recalculez la TVA de cette ventilation',
    code: 'CALCUL_ERR',
  }),
} as const satisfies Record<string, RuleDescription>;

/** Rules that want a line to have something; their ids have a prefix of their own. */
const presence = {
  '22': missingOnLine('BT-129', 'Quantité facturée', 'quantity', 'Renseignez la quantité facturée de la ligne'),
  '23': missingOnLine('BT-130', 'Unité de la quantité facturée', 'unit', 'Indiquez l’unité de la quantité'),
  '24': missingOnLine('BT-131', 'Montant net de la ligne', 'net amount', 'Renseignez le montant net de la ligne'),
  '26': missingOnLine('BT-146', 'Prix net de l’article', 'net price', 'Renseignez le prix net de l’article'),
} as const satisfies Record<string, RuleDescription>;

const ofCategory = {
  '01': ({ fr, en }: VatCategory): RuleDescription =>
    frenchRule(['BG-23', 'BT-118', 'BT-151', 'BT-95', 'BT-102'], {
      fr: `Ventilation de la TVA (BG-23) : la catégorie ${fr} doit y figurer si une ligne, une remise ou des frais la portent, et seulement dans ce cas`,
      en: `The VAT breakdown has the category ${en} exactly when a line, an allowance or a charge has it`,
      action: 'Mettez la ventilation de la TVA en accord avec les lignes, remises et frais',
    }),
  '08': ({ fr, en }: VatCategory): RuleDescription =>
    frenchRule(['BT-116', 'BT-131', 'BT-92', 'BT-99'], {
      fr: `Base de la catégorie de TVA ${fr} (BT-116) : {found} au lieu de {expected}, soit les lignes, moins les remises, plus les frais de cette catégorie et de ce taux, à un centime près par élément`,
      en: `The taxable amount (BT-116) of the category ${en} is its lines, less its allowances, plus its charges, within a cent for each`,
      action: 'Recalculez la base de cette ventilation',
      code: 'CALCUL_ERR',
    }),
} as const satisfies Record<string, (category: VatCategory) => RuleDescription>;

type SharedKey = keyof typeof shared | `${VatFamily}-${keyof typeof ofCategory}`;

/** The texts of one extension: the same words under its own ids. */
function textsOf<Prefix extends string, Presence extends string>(
  prefix: Prefix,
  ofPresence: Presence,
): Record<`${Prefix}-${SharedKey}` | `${Presence}-${keyof typeof presence}`, RuleDescription> {
  const families = Object.entries(vatCategories).flatMap(([family, category]) =>
    Object.entries(ofCategory).map(([number, describe]) => [`${prefix}-${family}-${number}`, describe(category)]),
  );
  const own = Object.entries(shared).map(([key, text]) => [`${prefix}-${key}`, text]);
  const present = Object.entries(presence).map(([key, text]) => [`${ofPresence}-${key}`, text]);
  return Object.fromEntries([...own, ...present, ...families]) as ReturnType<typeof textsOf<Prefix, Presence>>;
}

/** Rules of invoices that say they are EXTENDED-CTC-FR (BR-FREXT) or EXTENDED (BR-FXEXT). */
export const extendedTexts = {
  ...textsOf('BR-FREXT', 'BR-FREXT'),
  ...textsOf('BR-FXEXT', 'BR-FXEXT-BR'),
  'BR-FXEXT-CO-16': frenchRule(['BT-115', 'BT-112', 'BT-113', 'BT-114'], {
    fr: 'Montant à payer (BT-115) : {found} au lieu de {expected}, soit le total TTC (BT-112), moins le montant déjà payé (BT-113), plus l’arrondi (BT-114) et les montants perçus pour des tiers',
    en: 'The amount due (BT-115) is the total with VAT (BT-112), less the paid amount (BT-113), plus the rounding (BT-114) and what is collected for third parties',
    action: 'Recalculez le montant à payer',
    code: 'MONTANTTOTAL_ERR',
  }),
  'REPONS-LINE-NET': frenchWarning(['BT-131', 'BT-146', 'BT-129'], {
    fr: 'Montant net de la ligne (BT-131) : {found} au lieu de {expected}, soit le prix (BT-146) multiplié par la quantité (BT-129), moins les remises, plus les frais de la ligne',
    en: 'The net amount of a line (BT-131) is its price by its quantity, less its allowances, plus its charges',
    action: 'Recalculez le montant net de la ligne',
  }),
} as const satisfies Record<string, RuleDescription>;
