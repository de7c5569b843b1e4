import { STRUCTURE_IDENTIFIER } from '#domain';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min, MinLength } from 'class-validator';

/** Longest time for which the former secret of a webhook goes on being good, in hours. */
const LONGEST_OVERLAP = 168;

/** A webhook to be registered (R48). */
export class NewWebhook {
  @ApiPropertyOptional({ description: 'Identifiant de la structure ; celle du raccordement si elle n’est pas donnée' })
  @IsOptional()
  @Matches(STRUCTURE_IDENTIFIER)
  structure?: string;

  @ApiProperty({ description: 'Adresse https qui reçoit les évènements', maxLength: 2_000 })
  @IsString()
  @MinLength(1)
  @MaxLength(2_000)
  url!: string;

  @ApiPropertyOptional({ description: 'Ce que ce webhook alimente', maxLength: 200 })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  @Matches(/^[^\0]*$/)
  description?: string;

  @ApiPropertyOptional({
    description:
      'Curseur derrière lequel commencer ; « beginning » pour tout l’historique. Absent : à partir de maintenant',
  })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  after?: string;
}

/** From where a webhook is sent everything again. */
export class Replay {
  @ApiProperty({ description: 'Curseur derrière lequel reprendre, ou « beginning »' })
  @IsString()
  @MaxLength(100)
  after!: string;
}

/** A new secret for a webhook. */
export class Rotation {
  @ApiPropertyOptional({
    description: 'Heures pendant lesquelles les envois portent aussi la signature de l’ancien secret',
    default: 24,
    maximum: LONGEST_OVERLAP,
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(LONGEST_OVERLAP)
  overlapHours?: number;
}

/** Whose webhooks are listed. */
export class WebhookListQuery {
  @ApiPropertyOptional({ description: 'Identifiant de la structure ; celle du raccordement si elle n’est pas donnée' })
  @IsOptional()
  @Matches(STRUCTURE_IDENTIFIER)
  structure?: string;
}

/** How many deliveries are listed. */
export class DeliveriesQuery {
  @ApiPropertyOptional({ description: 'Envois, de 1 à 200, les derniers d’abord', default: 50, maximum: 200 })
  @IsOptional()
  @Matches(/^(?:[1-9]\d?|1\d\d|200)$/, { message: 'limit : un nombre de 1 à 200' })
  limit?: string;
}
