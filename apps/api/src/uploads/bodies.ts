import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  type ValidationArguments,
} from 'class-validator';
import { fileNameFault, LARGEST_FILE } from './file-rules.js';

/** The name of a file keeps the rules (R24); the fault that is told is the one that uploading would tell. */
function IsFileName(): PropertyDecorator {
  return ValidateBy({
    name: 'isFileName',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && fileNameFault(value) === null,
      defaultMessage: (of?: ValidationArguments) =>
        (typeof of?.value === 'string' ? fileNameFault(of.value)?.message : undefined) ?? 'name : nom du fichier',
    },
  });
}

/** A file that was uploaded before, as a command cites it. */
export class CitedFile {
  @ApiProperty({ description: 'Nom du fichier, 50 caractères au plus, avec son extension' })
  @IsFileName()
  name!: string;

  @ApiProperty({ description: 'Empreinte SHA-256 rendue à la transmission du fichier' })
  @Matches(/^[0-9a-f]{64}$/)
  sha256!: string;

  @ApiProperty({ description: 'Taille en octets' })
  @IsInt()
  @Min(1)
  @Max(LARGEST_FILE)
  size!: number;

  /** So that what uploading answered can be cited as it is. */
  @ApiPropertyOptional({ description: 'Type rendu à la transmission ; c’est celui des octets qui compte' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  type?: string;
}
