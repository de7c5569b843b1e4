import { OUTSIDE_VAT_CATEGORY, STRUCTURE_IDENTIFIER, type DraftContent } from '#domain';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsObject, IsOptional, ValidateNested } from 'class-validator';
import { PagingQuery } from '../lists/paging-query.js';
import { Day, Matching, OneOf, Part, Parts, PeriodBody, Text, typedTerms } from '../platform/typed-terms.js';
import { CitedFile } from '../uploads/bodies.js';

const LONGEST_NAME = 99;
/** Lines of an invoice that somebody types; more come in a file. */
const MOST_LINES = 1_000;
const MOST_DOCUMENTS = 100;
const VAT_CATEGORIES = ['S', 'Z', 'E', 'AE', 'K', 'G', OUTSIDE_VAT_CATEGORY];

const NUMBER = /^-?\d{1,19}(?:\.\d{1,6})?$/;
const RATE = /^\d{1,3}(?:\.\d{1,2})?$/;

const Amount = (description: string): PropertyDecorator => Matching(description, NUMBER, '12.50');
const Rate = (description: string): PropertyDecorator => Matching(description, RATE, '20');
const Code = (description: string, example: string): PropertyDecorator =>
  Matching(description, /^[A-Z0-9_-]{1,30}$/i, example);

/** A note (BG-1). */
export class NoteBody {
  @Code('Sujet (BT-21)', 'PMT') subject?: string;
  @Text('Mention (BT-22)') text?: string;
}

/** An earlier invoice (BG-3). */
export class PrecedingInvoiceBody {
  @Text('Numéro (BT-25)', 35) number?: string;
  @Day('Date (BT-26)') issueDate?: string;
}

/** A postal address. */
export class DraftAddressBody {
  @Text('Voie') line1?: string;
  @Text('Complément') line2?: string;
  @Text('Code postal', 12) postCode?: string;
  @Text('Commune', LONGEST_NAME) city?: string;
  @Matching('Pays (ISO 3166-1), FR à défaut', /^[A-Z]{2}$/, 'FR') countryCode?: string;
}

/** Whom to ask. */
export class ContactBody {
  @Text('Nom', LONGEST_NAME) name?: string;
  @Text('Téléphone', 50) telephone?: string;
  @Text('Adresse électronique', 254) email?: string;
}

/** The issuer (BG-4), whose identifier is that of the structure. */
export class SellerBody {
  @Text('Nom (BT-27) ; à défaut celui de la structure', LONGEST_NAME) name?: string;
  @Text('Numéro de TVA (BT-31)', 20) vatNumber?: string;
  @Text('Mentions légales (BT-33)') legalInformation?: string;
  @Part('Adresse (BG-5)', () => DraftAddressBody) address?: DraftAddressBody;
  @Part('Contact (BG-6)', () => ContactBody) contact?: ContactBody;
}

/** The recipient (BG-7). */
export class BuyerBody {
  @Matching('SIRET (BT-46)', STRUCTURE_IDENTIFIER, '11000201100044') identifier?: string;
  @Text('Nom (BT-44) ; à défaut celui de l’annuaire', LONGEST_NAME) name?: string;
  @Part('Adresse (BG-8)', () => DraftAddressBody) address?: DraftAddressBody;
  @Part('Contact (BG-9)', () => ContactBody) contact?: ContactBody;
}

/** Who validates before the recipient (frames S3 and S6). */
export class ValidatorBody {
  @Matching('SIRET (EXT-FR-FE-69)', STRUCTURE_IDENTIFIER) identifier?: string;
  @Text('Nom', LONGEST_NAME) name?: string;
}

/** How to pay. */
export class PaymentBody {
  @Matching('Mode de paiement (BT-81)', /^\d{1,3}$/, '30') meansCode?: string;
  @Text('Référence à rappeler (BT-83)', 140) reference?: string;
  @Text('Conditions (BT-20)') terms?: string;
  @Matching('IBAN (BT-84)', /^[A-Za-z0-9 ]{1,42}$/) account?: string;
  @Text('Titulaire (BT-85)', LONGEST_NAME) accountName?: string;
  @Matching('BIC (BT-86)', /^[A-Z0-9]{8,11}$/) serviceProvider?: string;
}

/** An allowance or a charge, of the document or of a line. */
export class AdjustmentBody {
  @ApiProperty({ description: 'Remise ou frais', enum: ['allowance', 'charge'] })
  @IsIn(['allowance', 'charge'])
  kind!: 'allowance' | 'charge';

  @Amount('Montant') amount?: string;
  @Text('Motif') reason?: string;
  @OneOf('Catégorie de TVA', VAT_CATEGORIES) vatCategory?: string;
  @Rate('Taux de TVA') vatRate?: string;
}

/** Why a VAT category is not taxed. */
export class ExemptionBody {
  @ApiProperty({ description: 'Catégorie de TVA', enum: VAT_CATEGORIES })
  @IsIn(VAT_CATEGORIES)
  vatCategory!: string;

  @Text('Motif (BT-120)') reason?: string;
  @Code('Code du motif (BT-121)', 'VATEX-FR-FRANCHISE') reasonCode?: string;
}

/** A line (BG-25). */
export class LineBody {
  @Text('Désignation (BT-153)') name?: string;
  @Text('Description (BT-154)') description?: string;
  @Text('Référence (BT-155)', LONGEST_NAME) sellerIdentifier?: string;
  @Text('Note (BT-127)') note?: string;
  @Amount('Quantité (BT-129)') quantity?: string;
  @Code('Unité (BT-130)', 'C62') unitCode?: string;
  @Amount('Prix unitaire HT (BT-146)') price?: string;
  @Amount('Quantité de base du prix (BT-149)') baseQuantity?: string;
  @OneOf('Catégorie de TVA (BT-151)', VAT_CATEGORIES) vatCategory?: string;
  @Rate('Taux de TVA (BT-152)') vatRate?: string;
  @Part('Période', () => PeriodBody) period?: PeriodBody;
  @Parts('Remises et frais de la ligne', () => AdjustmentBody) adjustments?: AdjustmentBody[];
}

/** A supporting document (BG-24) that was uploaded before. */
export class DraftDocumentBody extends CitedFile {
  @Code('Qualification (BT-123)', 'BON_COMMANDE') description?: string;
}

/** An invoice under input, in any state of completeness (R22). */
export class DraftContentBody {
  @Text('Numéro (BT-1)', 35) number?: string;
  @Day('Date (BT-2)') issueDate?: string;
  @Matching('Type (BT-3), 380 à défaut', /^\d{3}$/, '380') typeCode?: string;
  @Matching('Devise (BT-5), EUR à défaut', /^[A-Z]{3}$/, 'EUR') currency?: string;
  @Matching('Exigibilité de la TVA (BT-8)', /^\d{1,3}$/, '432') taxPointDateCode?: string;
  @Day('Échéance (BT-9)') dueDate?: string;
  @Matching('Cadre de facturation (BT-23)', /^[A-Z]\d{1,2}$/, 'S1') billingFrame?: string;
  @Text('Code service (BT-10)', 100) serviceCode?: string;
  @Text('Numéro de marché ou de contrat (BT-12)', 50) contractNumber?: string;
  @OneOf('Marché ou contrat', ['MARCHE', 'CONTRAT']) contractType?: string;
  @Text('Numéro d’engagement juridique (BT-13)', 50) commitmentNumber?: string;
  @Parts('Mentions (BG-1)', () => NoteBody) notes?: NoteBody[];
  @Parts('Factures antérieures (BG-3)', () => PrecedingInvoiceBody) precedingInvoices?: PrecedingInvoiceBody[];
  @Part('Émetteur (BG-4)', () => SellerBody) seller?: SellerBody;
  @Part('Destinataire (BG-7)', () => BuyerBody) buyer?: BuyerBody;
  @Part('Valideur', () => ValidatorBody) validator?: ValidatorBody;
  @Day('Date de livraison (BT-72)') deliveryDate?: string;
  @Part('Période de facturation (BG-14)', () => PeriodBody) period?: PeriodBody;
  @Part('Paiement (BG-16)', () => PaymentBody) payment?: PaymentBody;
  @Parts('Remises et frais (BG-20, BG-21)', () => AdjustmentBody) adjustments?: AdjustmentBody[];
  @Amount('Montant déjà payé (BT-113)') prepaid?: string;
  @Parts('Motifs d’exonération (BT-120)', () => ExemptionBody) exemptions?: ExemptionBody[];
  @Parts('Lignes (BG-25)', () => LineBody, MOST_LINES) lines?: LineBody[];
  @Parts('Pièces jointes (BG-24)', () => DraftDocumentBody, MOST_DOCUMENTS) supportingDocuments?: DraftDocumentBody[];
}

/** A draft to save. */
export class DraftBody {
  @ApiProperty({ description: 'La facture en cours de saisie', type: DraftContentBody })
  @IsObject()
  @ValidateNested()
  @Type(() => DraftContentBody)
  content!: DraftContentBody;
}

/** An invoice to send without saving it first. */
export class InvoiceBody extends DraftBody {
  @ApiPropertyOptional({ description: 'Vrai pour envoyer ; sinon, un contrôle à blanc', default: false })
  @IsOptional()
  @IsBoolean()
  confirmed?: boolean;
}

const DRAFT_STATUSES = ['open', 'confirmed', 'sent'] as const;

/** Which drafts to list. */
export class DraftFilter extends PagingQuery {
  @ApiPropertyOptional({ description: 'Statut ; à défaut, tout ce qui n’est pas envoyé', enum: DRAFT_STATUSES })
  @IsOptional()
  @IsIn(DRAFT_STATUSES)
  status?: (typeof DRAFT_STATUSES)[number];
}

/** The content without what is not typed yet: absent, null and blank are the same, and a blank part is none. */
export function typedContent(body: DraftContentBody): DraftContent {
  return typedTerms(body) ?? {};
}
