import {
  SERVICE_CODE,
  SPACE_CODES,
  SPACE_RIGHTS,
  STRUCTURE_IDENTIFIER,
  type SpaceCode,
  type SpaceRight,
} from '#domain';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { MOST_LINES } from './rights-lines.js';

/** The service that a request is about. */
export class ServiceOfPlace {
  @ApiPropertyOptional({ description: 'Code service ; absent, il s’agit de toute la structure' })
  @IsOptional()
  @Matches(SERVICE_CODE)
  service?: string;
}

/** A space of a structure, in a path. */
export class SpaceOnStructure {
  @ApiProperty({ description: 'Identifiant de la structure' })
  @Matches(STRUCTURE_IDENTIFIER)
  identifier!: string;

  @ApiProperty({ description: 'Code de l’espace', enum: SPACE_CODES })
  @IsIn(SPACE_CODES)
  space!: SpaceCode;
}

/** A member of a structure, in a path. */
export class MemberOfStructure {
  @ApiProperty({ description: 'Identifiant de la structure' })
  @Matches(STRUCTURE_IDENTIFIER)
  identifier!: string;

  @ApiProperty({ description: 'Numéro du compte (UUID) de la personne' })
  @IsUUID()
  account!: string;
}

/** A space of a member of a structure, in a path. */
export class SpaceOfMember extends MemberOfStructure {
  @ApiProperty({ description: 'Code de l’espace', enum: SPACE_CODES })
  @IsIn(SPACE_CODES)
  space!: SpaceCode;
}

/** A space at a place. */
export class SubscriptionToEnd extends ServiceOfPlace {
  @ApiProperty({ description: 'Code de l’espace', enum: SPACE_CODES })
  @IsIn(SPACE_CODES)
  space!: SpaceCode;
}

/** A space to subscribe to. */
export class SubscriptionToAskFor extends SubscriptionToEnd {
  @ApiProperty({ description: 'Droit', enum: SPACE_RIGHTS })
  @IsIn(SPACE_RIGHTS)
  right!: SpaceRight;
}

/** A right to give in the space of the path. */
export class RightToGive extends ServiceOfPlace {
  @ApiProperty({ description: 'Droit', enum: SPACE_RIGHTS })
  @IsIn(SPACE_RIGHTS)
  right!: SpaceRight;
}

/** A refusal of the request for the space of the path. */
export class SubscriptionRefusalBody extends ServiceOfPlace {
  @ApiPropertyOptional({ description: 'Motif du refus' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(255)
  reason?: string;
}

/** Whose rights to give to whom. */
export class RightsToDuplicate {
  @ApiProperty({ description: 'Compte (UUID) dont les droits sont repris' })
  @IsUUID()
  from!: string;

  @ApiProperty({ description: 'Compte (UUID) qui les reçoit' })
  @IsUUID()
  to!: string;

  @ApiPropertyOptional({ description: 'Structures ; absentes, toutes celles que vous gérez', type: [String] })
  @IsOptional()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_LINES)
  @ArrayUnique()
  @Matches(STRUCTURE_IDENTIFIER, { each: true })
  structures?: string[];
}

/** Subscriptions to give or end over several structures and people. */
export class SubscriptionsInBulk {
  @ApiProperty({ description: 'Accorder les abonnements (add) ou y mettre fin (remove)', enum: ['add', 'remove'] })
  @IsIn(['add', 'remove'])
  operation!: 'add' | 'remove';

  @ApiPropertyOptional({ description: 'Droit accordé ; consultation s’il est absent', enum: SPACE_RIGHTS })
  @IsOptional()
  @IsIn(SPACE_RIGHTS)
  right?: SpaceRight;

  @ApiProperty({ description: 'Identifiants des structures', type: [String] })
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_LINES)
  @ArrayUnique()
  @Matches(STRUCTURE_IDENTIFIER, { each: true })
  structures!: string[];

  @ApiProperty({ description: 'Comptes (UUID) des personnes', type: [String] })
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_LINES)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  accounts!: string[];

  @ApiProperty({ description: 'Espaces, sur la structure ou sur un de ses services', type: [SubscriptionToEnd] })
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_LINES)
  @ValidateNested({ each: true })
  @Type(() => SubscriptionToEnd)
  spaces!: SubscriptionToEnd[];
}

/** Which part of a list is wanted. */
export class PageOfList {
  @ApiPropertyOptional({ description: 'Nombre au plus', default: 100, minimum: 1, maximum: 500 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;

  @ApiPropertyOptional({ description: 'Valeur « next » de la page précédente' })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  after?: string;
}
