import { STRUCTURE_IDENTIFIER, SUPPORT_REQUEST_CATEGORIES } from '#domain';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { PagingQuery } from '../lists/paging-query.js';
import { CitedFile } from '../uploads/bodies.js';

const MOST_FILES = 20;
const LONGEST_TEXT = 10_000;

/** A file that was uploaded before. */
export class JoinedFile extends CitedFile {
  @ApiPropertyOptional({ description: 'Vrai pour le certificat administratif signé du responsable', default: false })
  @IsOptional()
  @IsBoolean()
  administrativeCertificate?: boolean;
}

/** What is written on a request. */
export class Answer {
  @ApiProperty({ description: 'Texte', maxLength: LONGEST_TEXT })
  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST_TEXT)
  text!: string;

  @ApiPropertyOptional({ description: 'Fichiers transmis auparavant', type: [JoinedFile] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_FILES)
  @ValidateNested({ each: true })
  @Type(() => JoinedFile)
  files?: JoinedFile[];
}

/** A request to make. */
export class SupportRequestBody extends Answer {
  @ApiProperty({ description: 'Structure pour laquelle la sollicitation est faite' })
  @Matches(STRUCTURE_IDENTIFIER)
  structure!: string;

  @ApiPropertyOptional({ description: 'Structure destinataire ; absente, la sollicitation est adressée au support' })
  @IsOptional()
  @Matches(STRUCTURE_IDENTIFIER)
  recipientStructure?: string;

  @ApiProperty({ description: 'Catégorie', example: 'STRUCTURES_AND_USERS' })
  @IsString()
  @MaxLength(100)
  category!: string;

  @ApiProperty({ description: 'Sous-catégorie', example: 'USER_RIGHTS' })
  @IsString()
  @MaxLength(100)
  subcategory!: string;

  @ApiProperty({ description: 'Objet', maxLength: 150 })
  @IsString()
  @MinLength(1)
  @MaxLength(150)
  subject!: string;
}

/** Who is to treat a request. */
export class Assignment {
  @ApiPropertyOptional({ description: 'Compte qui la traite ; absent, vous-même' })
  @IsOptional()
  @IsUUID()
  assignee?: string;
}

/** How a request ends. */
export class Closing {
  @ApiProperty({ description: 'Traitée, refusée, ou retirée par son auteur', enum: ['done', 'refused', 'withdrawn'] })
  @IsIn(['done', 'refused', 'withdrawn'])
  outcome!: 'done' | 'refused' | 'withdrawn';
}

/** Which requests to list. */
export class SupportRequestFilter extends PagingQuery {
  @ApiPropertyOptional({ description: 'Émises par vous, ou reçues par la structure', enum: ['issued', 'received'] })
  @IsOptional()
  @IsIn(['issued', 'received'])
  box?: 'issued' | 'received';

  @ApiPropertyOptional({ description: 'Structure concernée ; pour les reçues, la structure destinataire' })
  @IsOptional()
  @Matches(STRUCTURE_IDENTIFIER)
  structure?: string;

  @ApiPropertyOptional({ enum: ['open', 'assigned', 'answered', 'closed'] })
  @IsOptional()
  @IsIn(['open', 'assigned', 'answered', 'closed'])
  status?: string;

  @ApiPropertyOptional({ enum: Object.keys(SUPPORT_REQUEST_CATEGORIES) })
  @IsOptional()
  @IsIn(Object.keys(SUPPORT_REQUEST_CATEGORIES))
  category?: string;

  @Matches(/^\d{1,18}$/)
  declare after?: string;
}
