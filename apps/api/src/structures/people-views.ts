import { ROLES, type Role } from '#domain';
import { ApiProperty } from '@nestjs/swagger';
import { PersonName } from './structure-views.js';

/** Somebody who is attached to a structure. */
export class MemberView extends PersonName {
  @ApiProperty({ description: 'Adresse de connexion', type: String, nullable: true })
  login!: string | null;

  @ApiProperty({ description: 'Rôle sur la structure', enum: ROLES })
  role!: Role;

  @ApiProperty({ description: 'État des habilitations', enum: ['attached', 'deactivated'] })
  status!: 'attached' | 'deactivated';

  @ApiProperty({ description: 'Date du rattachement', type: Date, nullable: true })
  attachedAt!: Date | null;
}

/** A request for attachment. */
export class AttachmentRequestView extends PersonName {
  @ApiProperty({ description: 'Identifiant de la structure' })
  structure!: string;

  @ApiProperty({ description: 'Raison sociale', type: String, nullable: true })
  structureName!: string | null;

  @ApiProperty({ description: 'Adresse de connexion', type: String, nullable: true })
  login!: string | null;

  @ApiProperty({ description: 'État de la demande', enum: ['requested', 'refused'] })
  status!: 'requested' | 'refused';

  @ApiProperty({ description: 'Date de la demande', type: Date, nullable: true })
  requestedAt!: Date | null;

  @ApiProperty({ description: 'Date du refus', type: Date, nullable: true })
  judgedAt!: Date | null;

  @ApiProperty({ description: 'Motif du refus', type: String, nullable: true })
  reason!: string | null;
}
