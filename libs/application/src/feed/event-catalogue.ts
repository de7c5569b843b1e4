import { INVOICE_STATUS_CODES, STATUS_REASONS, type StatusReason } from '#domain';
import { z } from 'zod';

const REASON_CODES = Object.keys(STATUS_REASONS) as [StatusReason, ...StatusReason[]];

const text = (description: string) => z.string().describe(description);
const optional = (description: string) => z.string().nullable().describe(description);

const invoice = z
  .object({
    id: z.uuid().describe('Identifiant de la facture, celui des routes /api/invoices'),
    number: text('Numéro de la facture (BT-1)'),
    issueDate: text('Date de la facture (BT-2), AAAA-MM-JJ'),
    issuer: text('Identifiant de l’émetteur'),
    recipient: optional('Identifiant du destinataire ; nul pour qui n’a plus à le connaître'),
    serviceCode: optional('Code service du destinataire'),
    validator: optional('Identifiant du valideur, s’il en faut un'),
  })
  .describe('La facture et ceux qu’elle concerne, après l’évènement');

const status = z.enum(INVOICE_STATUS_CODES).describe('Statut, après l’évènement');

/** The status after an event, in the three vocabularies of the field. */
const statusFields = {
  status,
  statusLabel: text('Libellé du statut'),
  cppStatut: optional('Code CPPStatut (schéma V1_19) ; nul s’il n’en existe pas'),
  afnor: optional('Code de cycle de vie AFNOR XP Z12-012 ; nul s’il n’en existe pas'),
};

const comment = optional('Commentaire');

/** Documents that the issuer joined by hand. */
const documentFields = {
  supportingDocuments: z
    .array(z.object({ name: text('Nom'), type: text('Type MIME'), size: z.int().nonnegative().describe('Octets') }))
    .describe('Premières pièces jointes ajoutées'),
  supportingDocumentCount: z.int().nonnegative().describe('Nombre de pièces jointes ajoutées'),
};

/**
 * What every event of the feed says (R48): the one table from which both what is sent and its documentation are made. A type
 * never changes its meaning; members may be added; anything else is a new version of the type.
 */
export const FEED_EVENTS = {
  'fr.repons.facture.integree.v1': {
    title: 'Facture intégrée',
    summary: 'Une facture est entrée sur la plateforme ; elle a son premier statut.',
    data: z.object({
      invoice,
      ...statusFields,
      flowNumber: text('Numéro du flux'),
      rank: z.int().positive().describe('Rang de la facture dans le flux'),
      channel: z.enum(['SFTP', 'API', 'PORTAL']).describe('Voie de dépôt'),
      depositedAt: text('Date de dépôt (ISO 8601)'),
      typeCode: optional('Type de document (BT-3)'),
      billingFrame: optional('Cadre de facturation'),
      commitmentNumber: optional('Numéro d’engagement juridique (BT-13)'),
      dueDate: optional('Date d’échéance (BT-9)'),
      currency: optional('Devise (BT-5)'),
      totalWithVat: optional('Total TTC, en décimal exact (BT-112)'),
      amountDue: optional('Net à payer, en décimal exact (BT-115)'),
    }),
  },
  'fr.repons.facture.rejetee-par-la-plateforme.v1': {
    title: 'Facture rejetée par la plateforme',
    summary:
      'Une facture d’un flux n’est pas entrée : elle ne satisfait pas aux contrôles. Elle n’a pas d’identifiant.',
    data: z.object({
      flowNumber: text('Numéro du flux'),
      rank: z.int().nonnegative().describe('Rang de la facture dans le flux'),
      day: text('Jour du fichier de rejets (AAAA-MM-JJ, Europe/Paris)'),
      depositedAt: text('Date de dépôt (ISO 8601)'),
      number: optional('Numéro de la facture, s’il a été lu'),
      issueDate: optional('Date de la facture, si elle a été lue'),
      issuer: optional('Identifiant de l’émetteur, s’il a été lu'),
      recipient: optional('Identifiant du destinataire, s’il a été lu'),
      serviceCode: optional('Code service, s’il a été lu'),
      amount: optional('Montant, s’il a été lu'),
      currency: optional('Devise, si elle a été lue'),
      resendable: z.boolean().describe('Vrai si la facture peut être renvoyée, corrigée'),
      reasons: z
        .array(z.object({ code: text('Famille du motif'), rule: text('Règle du catalogue'), message: text('Motif') }))
        .describe('Premiers motifs ; tous sont dans le compte rendu du flux'),
      reasonCount: z.int().nonnegative().describe('Nombre de motifs'),
    }),
  },
  'fr.repons.facture.statut.v1': {
    title: 'Statut changé',
    summary: 'Le statut d’une facture a changé, par le destinataire, un valideur ou la plateforme.',
    data: z.object({
      invoice,
      ...statusFields,
      previousStatus: z
        .enum(INVOICE_STATUS_CODES)
        .nullable()
        .describe('Statut précédent ; nul pour un destinataire à qui il n’a pas été montré'),
      by: z.enum(['recipient', 'validator', 'issuer', 'system']).describe('Qui a changé le statut'),
      reason: z
        .object({ code: z.enum(REASON_CODES), label: text('Libellé') })
        .nullable()
        .describe('Motif codé'),
      comment,
      paymentOrder: optional('Numéro de mandat'),
    }),
  },
  'fr.repons.facture.recyclee.v1': {
    title: 'Facture recyclée',
    summary:
      'L’émetteur a renvoyé la facture au bon destinataire. L’ancien destinataire apprend qu’elle l’a quitté, non où elle va.',
    data: z.object({
      invoice,
      ...statusFields,
      formerRecipient: text('Identifiant de l’ancien destinataire'),
      commitmentNumber: optional('Numéro d’engagement juridique (BT-13)'),
      comment,
    }),
  },
  'fr.repons.facture.completee.v1': {
    title: 'Facture complétée',
    summary: 'L’émetteur a complété une facture suspendue.',
    data: z.object({
      invoice,
      ...statusFields,
      comment,
      ...documentFields,
    }),
  },
  'fr.repons.facture.pieces-ajoutees.v1': {
    title: 'Pièces ajoutées',
    summary: 'L’émetteur a joint des pièces à sa facture ; son statut ne change pas.',
    data: z.object({ invoice, ...statusFields, ...documentFields }),
  },
  'fr.repons.facture.valideur-corrige.v1': {
    title: 'Valideur corrigé',
    summary: 'L’émetteur a nommé un autre valideur.',
    data: z.object({ invoice, ...statusFields, comment }),
  },
  'fr.repons.facture.rejet-acquitte.v1': {
    title: 'Rejet acquitté',
    summary: 'L’émetteur a pris acte du rejet de sa facture par le destinataire.',
    data: z.object({ invoice, ...statusFields }),
  },
  'fr.repons.facture.avoir.v1': {
    title: 'Avoir sur la facture',
    summary:
      'L’émetteur a émis un avoir qui cite la facture. Le statut ne change pas ; « cancelled » dit l’annulation par avoir.',
    data: z.object({
      invoice,
      ...statusFields,
      creditNote: z
        .object({
          id: z.uuid().describe('Identifiant de l’avoir, celui des routes /api/invoices'),
          number: text('Numéro de l’avoir (BT-1)'),
          issueDate: text('Date de l’avoir (BT-2), AAAA-MM-JJ'),
          amount: optional('Total TTC de l’avoir, en décimal exact ; nul si l’avoir cite plusieurs factures'),
          currency: optional('Devise de l’avoir'),
        })
        .describe('L’avoir'),
      cancelled: z.boolean().describe('Vrai si les avoirs reprennent tout le montant TTC de la facture'),
    }),
  },
} as const;

/** Name of a type of event. */
export type FeedEventType = keyof typeof FEED_EVENTS;

/** What an event of a type says. */
export type FeedEventData<Type extends FeedEventType> = z.infer<(typeof FEED_EVENTS)[Type]['data']>;

/** An event as its readers get it: CloudEvents 1.0, structured mode, JSON. */
export type FeedEvent = {
  [Type in FeedEventType]: {
    readonly specversion: '1.0';
    /** UUID of the event in the log: the same however often it is sent. */
    readonly id: string;
    /** Address of the platform, or `urn:repons`. */
    readonly source: string;
    readonly type: Type;
    /** Id of the invoice; flow number and rank, `CPP…/12`, of one that was rejected. */
    readonly subject: string;
    /** When it was recorded, ISO 8601, UTC. */
    readonly time: string;
    readonly datacontenttype: 'application/json';
    /** Cursor behind which to go on. */
    readonly sequence: string;
    readonly data: FeedEventData<Type>;
  };
}[FeedEventType];

/** The CloudEvents envelope of a type, for documents and checks. */
export function envelopeSchema(type: FeedEventType) {
  return z.object({
    specversion: z.literal('1.0'),
    id: z
      .uuid()
      .describe('Identifiant de l’évènement, le même à chaque envoi : à retenir pour écarter les répétitions'),
    source: text('Adresse de la plateforme'),
    type: z.literal(type),
    subject: text('Identifiant de la facture ; numéro de flux et rang (CPP…/12) pour une facture rejetée'),
    time: z.iso.datetime().describe('Date d’enregistrement (ISO 8601, UTC)'),
    datacontenttype: z.literal('application/json'),
    sequence: text('Curseur : à rendre en « after » pour reprendre après cet évènement'),
    data: FEED_EVENTS[type].data,
  });
}
