import type { WebhookDisabling } from '#domain';
import { ApiProperty } from '@nestjs/swagger';

/** A webhook as those see it who manage it. Its secret is not in it. */
export class WebhookView {
  @ApiProperty({ description: 'Identifiant du webhook (UUID)' })
  id!: string;

  @ApiProperty({ description: 'Identifiant de la structure' })
  structure!: string;

  @ApiProperty({ description: 'Adresse qui reçoit les évènements' })
  url!: string;

  @ApiProperty({ description: 'Ce que ce webhook alimente', type: String, nullable: true })
  description!: string | null;

  @ApiProperty({ description: 'Actif ou désactivé', enum: ['active', 'disabled'] })
  status!: 'active' | 'disabled';

  @ApiProperty({
    description: 'Pourquoi il est désactivé : à la demande, parti (410), ou en échec pendant trois jours',
    enum: ['ASKED', 'GONE', 'FAILING'],
    nullable: true,
  })
  disabledReason!: WebhookDisabling | null;

  @ApiProperty({ description: 'Ce qui l’a désactivé, en clair', type: String, nullable: true })
  disabledDetail!: string | null;

  @ApiProperty({ description: 'Curseur du dernier évènement acquitté', type: String, nullable: true })
  cursor!: string | null;

  @ApiProperty({ description: 'Essais du prochain évènement qui ont échoué' })
  failedAttempts!: number;

  @ApiProperty({ description: 'Date du prochain essai après un échec (ISO 8601)', type: String, nullable: true })
  nextTryAt!: string | null;

  @ApiProperty({ description: 'Date de déclaration (ISO 8601)' })
  registeredAt!: string;
}

/** A webhook that was registered, with its secret, which is told this once. */
export class RegisteredWebhook {
  @ApiProperty({ description: 'Identifiant du webhook (UUID)' })
  id!: string;

  @ApiProperty({ description: 'Secret Standard Webhooks (« whsec_… »), montré cette seule fois' })
  secret!: string;
}

/** A new secret, which is told this once. */
export class NewSecret {
  @ApiProperty({ description: 'Nouveau secret (« whsec_… »), montré cette seule fois' })
  secret!: string;

  @ApiProperty({ description: 'Jusqu’à quand les envois portent aussi la signature de l’ancien (ISO 8601)' })
  formerValidUntil!: string;
}

/** One try to deliver an event. */
export class DeliveryView {
  @ApiProperty({ description: 'Identifiant de l’évènement (UUID)' })
  event!: string;

  @ApiProperty({ description: 'Type de l’évènement' })
  type!: string;

  @ApiProperty({ description: 'Curseur de l’évènement' })
  sequence!: string;

  @ApiProperty({ description: 'Rang de l’essai' })
  attempt!: number;

  @ApiProperty({ description: 'Vrai si l’évènement a été acquitté' })
  delivered!: boolean;

  @ApiProperty({ description: 'Statut HTTP de la réponse', type: Number, nullable: true })
  status!: number | null;

  @ApiProperty({
    description: 'Ce qui a échoué',
    enum: ['status', 'redirect', 'timeout', 'address', 'tls', 'connection', 'secret'],
    nullable: true,
  })
  error!: string | null;

  @ApiProperty({ description: 'Durée, en millisecondes' })
  durationMs!: number;

  @ApiProperty({ description: 'Date de l’essai (ISO 8601)' })
  at!: string;
}
