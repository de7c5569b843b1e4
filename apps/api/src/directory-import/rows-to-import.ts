import type { ImportedRow } from '#application';
import { IDENTIFIER_TYPES, type IdentifierType, type StructureCategory } from '#domain';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { Requirements } from '../structures/bodies.js';

/** Most rows of one request; with the longest texts of real directories they stay below the limit of a JSON body. */
export const ROWS_AT_ONCE = 500;

const CATEGORIES: readonly StructureCategory[] = [
  'COMPANY',
  'SOLE_TRADER',
  'PRIVATE_PERSON',
  'STATE',
  'LOCAL_AUTHORITY',
  'OTHER_PUBLIC',
];

/** What a row says of a structure. What a text must be is judged row by row, so that one bad row costs no other. */
export class StructureOfRow {
  @ApiProperty({ description: 'Type de l’identifiant', enum: Object.keys(IDENTIFIER_TYPES) })
  @IsIn(Object.keys(IDENTIFIER_TYPES))
  identifierType!: IdentifierType;

  @ApiProperty({ description: 'Catégorie de la structure', enum: CATEGORIES })
  @IsIn(CATEGORIES)
  category!: StructureCategory;

  @ApiProperty({ description: 'Raison sociale' })
  @IsString()
  @MaxLength(1_000)
  name!: string;

  @ApiPropertyOptional({ description: 'Exigences ; absentes, elles restent ce qu’elles sont', type: Requirements })
  @IsOptional()
  @ValidateNested()
  @Type(() => Requirements)
  requirements?: Requirements;

  @ApiPropertyOptional({
    description: 'Motif d’exclusion ; null lève l’exclusion, absent la laisse telle quelle',
    type: String,
    nullable: true,
  })
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsString()
  @MaxLength(200)
  exclusion?: string | null;
}

/** What a row says of a service of the structure. */
export class ServiceOfRow {
  @ApiProperty({ description: 'Code service' })
  @IsString()
  @MaxLength(1_000)
  code!: string;

  @ApiProperty({ description: 'Libellé du service' })
  @IsString()
  @MaxLength(1_000)
  name!: string;

  @ApiProperty({ description: 'Faux pour un service désactivé' })
  @IsBoolean()
  active!: boolean;

  @ApiProperty({ description: 'Le numéro d’engagement juridique est obligatoire' })
  @IsBoolean()
  commitmentNumber!: boolean;
}

/** One row: a structure, or a service of one. */
export class RowToImport {
  @ApiProperty({ description: 'Ligne du fichier, pour les refus', minimum: 1 })
  @IsInt()
  @Min(1)
  line!: number;

  @ApiProperty({ description: 'Identifiant de la structure' })
  @IsString()
  @MaxLength(1_000)
  identifier!: string;

  @ApiPropertyOptional({ description: 'La structure, quand la ligne en décrit une', type: StructureOfRow })
  @ValidateIf(({ service }: RowToImport) => service === undefined)
  @IsDefined()
  @ValidateNested()
  @Type(() => StructureOfRow)
  structure?: StructureOfRow;

  @ApiPropertyOptional({ description: 'Le service, quand la ligne en décrit un', type: ServiceOfRow })
  @IsOptional()
  @ValidateNested()
  @Type(() => ServiceOfRow)
  service?: ServiceOfRow;
}

/** A batch of rows, in the order of the file. */
export class RowsToImport {
  @ApiProperty({ description: 'Lignes, dans l’ordre du fichier', type: [RowToImport], maxItems: ROWS_AT_ONCE })
  @IsArray()
  @ArrayMaxSize(ROWS_AT_ONCE)
  @ValidateNested({ each: true })
  @Type(() => RowToImport)
  rows!: RowToImport[];
}

/** A row as the import takes it: of a row that names both, the service counts. */
export function importedRow({ line, identifier, structure, service }: RowToImport): ImportedRow {
  if (service !== undefined) {
    const { code, name, active, commitmentNumber } = service;
    return { kind: 'service', line, structure: identifier, code, name, active, commitmentNumber };
  }
  if (structure === undefined) throw new Error('A row that describes nothing is refused by its validation');
  const { identifierType, category, name, requirements, exclusion } = structure;
  return {
    kind: 'structure',
    line,
    identifier,
    identifierType,
    category,
    name,
    requirements: requirements ?? null,
    exclusion,
  };
}
