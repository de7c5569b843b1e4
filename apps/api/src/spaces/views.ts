import { ROLES, SPACE_CODES, SPACE_RIGHTS, type Role, type SpaceCode, type SpaceRight } from '#domain';
import { ApiProperty } from '@nestjs/swagger';
import { pageView } from '../lists/page.js';

/** A space of the catalogue. */
export class SpaceView {
  @ApiProperty({ description: 'Code de l’espace', enum: SPACE_CODES })
  code!: SpaceCode;

  @ApiProperty({ description: 'Nom de l’espace', example: 'Factures émises' })
  label!: string;

  @ApiProperty({ description: 'Structures qui peuvent l’avoir', enum: ['everyone', 'public'] })
  audience!: 'everyone' | 'public';

  @ApiProperty({
    description:
      'Comment on l’obtient : abonnement à ce qu’un gestionnaire a ouvert (managed), librement (free), d’office pour tous (everyone) ou pour les gestionnaires (managers)',
    enum: ['managed', 'free', 'everyone', 'managers'],
  })
  access!: 'managed' | 'free' | 'everyone' | 'managers';
}

/** A space that can be used on a structure, or on one of its services. */
export class OpenedSpaceView {
  @ApiProperty({ description: 'Code de l’espace', enum: SPACE_CODES })
  space!: SpaceCode;

  @ApiProperty({ description: 'Nom de l’espace' })
  label!: string;

  @ApiProperty({ description: 'Code service ; null pour toute la structure', type: String, nullable: true })
  service!: string | null;

  @ApiProperty({ description: 'Vrai si l’espace s’ouvre de lui-même' })
  byItself!: boolean;
}

/** A page of opened spaces. */
export class OpenedSpacePage extends pageView(OpenedSpaceView) {}

/** A request for a space that waits for a manager. */
export class SubscriptionRequestView {
  @ApiProperty({ description: 'Identifiant de la structure' })
  structure!: string;

  @ApiProperty({ description: 'Nom de la structure', type: String, nullable: true })
  structureName!: string | null;

  @ApiProperty({ description: 'Numéro du compte (UUID) de la personne' })
  account!: string;

  @ApiProperty({ description: 'Prénom', type: String, nullable: true })
  firstName!: string | null;

  @ApiProperty({ description: 'Nom', type: String, nullable: true })
  lastName!: string | null;

  @ApiProperty({ description: 'Code de l’espace', enum: SPACE_CODES })
  space!: SpaceCode;

  @ApiProperty({ description: 'Code service ; null pour toute la structure', type: String, nullable: true })
  service!: string | null;

  @ApiProperty({ description: 'Droit demandé', enum: SPACE_RIGHTS })
  right!: SpaceRight;

  @ApiProperty({ description: 'Date de la demande', format: 'date-time' })
  requestedAt!: string;
}

/** A page of requests. */
export class SubscriptionRequestPage extends pageView(SubscriptionRequestView) {}

/** One of a person's own subscriptions or requests. */
export class OwnSubscriptionView {
  @ApiProperty({ description: 'Identifiant de la structure' })
  structure!: string;

  @ApiProperty({ description: 'Nom de la structure', type: String, nullable: true })
  structureName!: string | null;

  @ApiProperty({ description: 'Code de l’espace', enum: SPACE_CODES })
  space!: SpaceCode;

  @ApiProperty({ description: 'Code service ; null pour toute la structure', type: String, nullable: true })
  service!: string | null;

  @ApiProperty({ description: 'Droit', enum: SPACE_RIGHTS })
  right!: SpaceRight;

  @ApiProperty({ description: 'Demandé à un gestionnaire, ou accordé', enum: ['requested', 'active'] })
  status!: 'requested' | 'active';

  @ApiProperty({ description: 'Faux si l’espace est fermé à cet endroit : l’abonnement ne donne alors aucun droit' })
  open!: boolean;

  @ApiProperty({ description: 'Date de la demande ou de l’abonnement', format: 'date-time' })
  since!: string;
}

/** A page of a person's own subscriptions. */
export class OwnSubscriptionPage extends pageView(OwnSubscriptionView) {}

/** A subscription or a request of a member. */
export class SubscriptionView {
  @ApiProperty({ description: 'Code de l’espace', enum: SPACE_CODES })
  space!: SpaceCode;

  @ApiProperty({ description: 'Code service ; null pour toute la structure', type: String, nullable: true })
  service!: string | null;

  @ApiProperty({ description: 'Droit', enum: SPACE_RIGHTS })
  right!: SpaceRight;

  @ApiProperty({ description: 'Demandé à un gestionnaire, ou accordé', enum: ['requested', 'active'] })
  status!: 'requested' | 'active';
}

/** What somebody may do in a space at a place. */
export class RightView {
  @ApiProperty({ description: 'Code de l’espace', enum: SPACE_CODES })
  space!: SpaceCode;

  @ApiProperty({ description: 'Code service ; null pour toute la structure', type: String, nullable: true })
  service!: string | null;

  @ApiProperty({ description: 'Droit', enum: SPACE_RIGHTS })
  right!: SpaceRight;
}

/** What somebody is and may do on a structure. */
export class MemberRightsView {
  @ApiProperty({ description: 'Identifiant de la structure' })
  structure!: string;

  @ApiProperty({ description: 'Numéro du compte (UUID) de la personne' })
  account!: string;

  @ApiProperty({ description: 'Rattachement', enum: ['none', 'requested', 'attached', 'deactivated'] })
  status!: 'none' | 'requested' | 'attached' | 'deactivated';

  @ApiProperty({ description: 'Rôle ; null sans rattachement actif', enum: ROLES, nullable: true })
  role!: Role | null;

  @ApiProperty({ description: 'Services sur lesquels la personne est habilitée', type: [String] })
  services!: string[];

  @ApiProperty({ description: 'Abonnements et demandes, tels qu’ils sont enregistrés', type: [SubscriptionView] })
  subscriptions!: SubscriptionView[];

  @ApiProperty({ description: 'Ce que la personne peut faire à présent', type: [RightView] })
  rights!: RightView[];
}

/** What became of a subscription that was asked for. */
export class SubscriptionOutcomeView {
  @ApiProperty({ description: 'En attente d’un gestionnaire, ou accordé', enum: ['requested', 'active'] })
  status!: 'requested' | 'active';
}

/** What a bulk command did with one line. */
export class RightsLineView {
  @ApiProperty({ description: 'Identifiant de la structure' })
  structure!: string;

  @ApiProperty({ description: 'Numéro du compte (UUID) de la personne' })
  account!: string;

  @ApiProperty({
    description: 'Code de l’espace ; null pour une habilitation sur un service',
    enum: SPACE_CODES,
    nullable: true,
  })
  space!: SpaceCode | null;

  @ApiProperty({ description: 'Code service ; null pour toute la structure', type: String, nullable: true })
  service!: string | null;

  @ApiProperty({ description: 'Fait ou refusé', enum: ['done', 'refused'] })
  outcome!: 'done' | 'refused';

  @ApiProperty({ description: 'Code du refus', required: false })
  code?: string;

  @ApiProperty({ description: 'Motif du refus', required: false })
  text?: string;
}

/** What a bulk command did, line by line. */
export class RightsLinesView {
  @ApiProperty({ type: [RightsLineView] })
  lines!: RightsLineView[];
}
