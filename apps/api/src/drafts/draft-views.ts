import { draftAmounts, missingTerms, type DraftAmounts, type DraftContent, type ExistingDraft } from '#domain';
import type { InvoiceReport } from '#einvoice';
import { ApiProperty } from '@nestjs/swagger';
import { pageView } from '../lists/page.js';
import { DraftContentBody } from './draft-bodies.js';

const text = (description: string) => ApiProperty({ description, type: String, nullable: true });

/** Something that a draft still lacks. */
export class MissingTermView {
  @ApiProperty({ description: 'Code du terme', example: 'BT-1' })
  term!: string;

  @ApiProperty({ description: 'Champ de la saisie', example: 'lines[0].price' })
  field!: string;

  @ApiProperty({ description: 'Ce qu’il faut faire' })
  message!: string;
}

/** What a control found, in the terms of the draft. */
export class DraftFinding {
  @ApiProperty({ description: 'Règle, celle du catalogue' })
  rule!: string;

  @ApiProperty({ description: 'Famille du motif de rejet' })
  code!: string;

  @ApiProperty({ description: 'Gravité : « fatal » empêche l’envoi', enum: ['fatal', 'warning'] })
  severity!: 'fatal' | 'warning';

  @ApiProperty({ description: 'Ce qui ne va pas et quoi faire' })
  message!: string;

  @ApiProperty({ description: 'Termes en cause', type: [String] })
  terms!: readonly string[];

  @text('Champ de la saisie')
  field!: string | null;

  @text('Ce qui a été trouvé')
  found!: string | null;

  @text('Ce qui était attendu')
  expected!: string | null;
}

/** A draft in a list (R22). */
export class DraftSummary {
  @ApiProperty({ description: 'Identifiant du brouillon (UUID)' })
  draft!: string;

  @ApiProperty({ description: 'Structure qui l’émet' })
  structure!: string;

  @ApiProperty({ description: 'En cours de saisie, en cours d’envoi, envoyé', enum: ['open', 'confirmed', 'sent'] })
  status!: ExistingDraft['status'];

  @text('Numéro (BT-1)')
  number!: string | null;

  @text('Date (BT-2)')
  issueDate!: string | null;

  @text('Cadre de facturation (BT-23)')
  billingFrame!: string | null;

  @text('SIRET du destinataire (BT-46)')
  recipient!: string | null;

  @text('Devise (BT-5)')
  currency!: string | null;

  @text('Total TTC, en décimal exact, quand il se calcule (BT-112)')
  totalWithVat!: string | null;

  @ApiProperty({ description: 'Nombre de termes qui manquent', type: Number, nullable: true })
  missing!: number | null;

  @text('Numéro du flux, une fois envoyé')
  flowNumber!: string | null;

  @ApiProperty({ description: 'Création (ISO 8601)' })
  createdAt!: string;

  @ApiProperty({ description: 'Dernier enregistrement (ISO 8601)' })
  savedAt!: string;
}

/** A page of drafts. */
export class DraftPage extends pageView(DraftSummary) {}

/** A draft with what can be computed of it and what it lacks. */
export class DraftView {
  @ApiProperty({ description: 'Identifiant du brouillon (UUID)' })
  draft!: string;

  @ApiProperty({ description: 'Structure qui l’émet' })
  structure!: string;

  @ApiProperty({ description: 'En cours de saisie, en cours d’envoi, envoyé', enum: ['open', 'confirmed', 'sent'] })
  status!: ExistingDraft['status'];

  @ApiProperty({ description: 'La facture', type: DraftContentBody, nullable: true })
  content!: DraftContent | null;

  @ApiProperty({ description: 'Montants calculés : lignes, TVA par taux, totaux', type: Object, nullable: true })
  amounts!: DraftAmounts | null;

  @ApiProperty({ description: 'Ce qui manque avant l’envoi', type: [MissingTermView] })
  missing!: readonly MissingTermView[];

  @text('Numéro du flux, une fois envoyé')
  flowNumber!: string | null;
}

/** What was checked of an invoice, and whether it was sent. */
export class SendingView {
  @text('Identifiant du brouillon')
  draft!: string | null;

  @ApiProperty({ description: 'Vrai si la facture est envoyée' })
  sent!: boolean;

  @text('Numéro du flux, une fois envoyée')
  flowNumber!: string | null;

  @ApiProperty({ description: 'Vrai si rien n’empêche l’envoi' })
  valid!: boolean;

  @ApiProperty({ description: 'Ce qui manque', type: [MissingTermView] })
  missing!: readonly MissingTermView[];

  @ApiProperty({ description: 'Ce que les contrôles ont trouvé', type: [DraftFinding] })
  findings!: readonly DraftFinding[];

  @ApiProperty({ description: 'Jeux de règles appliqués', type: [String] })
  rules!: readonly string[];

  @ApiProperty({ description: 'Montants calculés', type: Object, nullable: true })
  amounts!: DraftAmounts | null;
}

/** What a file was recognised as, what was checked, and whether it was sent. */
export class SentFileView extends pageView<InvoiceReport>(Object as never) {
  @ApiProperty({
    description: 'Ce que le fichier est, d’après son contenu',
    enum: ['xml', 'pdf', 'zip', 'gzip', 'tar'],
  })
  container!: string;

  @ApiProperty({ description: 'Code interface que ce contenu demande', example: 'FSO1157A' })
  interfaceCode!: string;

  @ApiProperty({ description: 'Nombre de factures que rien n’empêche d’entrer' })
  valid!: number;

  @ApiProperty({ description: 'Vrai si le fichier est envoyé' })
  sent!: boolean;

  @text('Numéro du flux, une fois envoyé')
  flowNumber!: string | null;
}

/** Shows a draft. */
export function draftView(draft: ExistingDraft): DraftView {
  const { content, structure, status } = draft;
  return {
    draft: draft.draft,
    structure,
    status,
    content,
    amounts: content === null ? null : draftAmounts(content),
    missing: content === null || status !== 'open' ? [] : missingTerms(content),
    flowNumber: draft.status === 'sent' ? draft.flowNumber : null,
  };
}
