import { SERVICE_CODE, STRUCTURE_IDENTIFIER } from '#domain';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsString, IsUUID, Matches, MaxLength, MinLength } from 'class-validator';
import { pageView } from '../lists/page.js';

/** A service as it must be. */
export class ServiceToDefine {
  @ApiProperty({ description: 'Libellé du service' })
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  name!: string;

  @ApiPropertyOptional({ description: 'Faux pour le désactiver', default: true })
  @IsOptional()
  @IsBoolean()
  active?: boolean;

  @ApiPropertyOptional({ description: 'Le numéro d’engagement juridique est obligatoire', default: false })
  @IsOptional()
  @IsBoolean()
  commitmentNumber?: boolean;
}

/** A user of a service, in a path. */
export class UserOfService {
  @ApiProperty({ description: 'Identifiant de la structure' })
  @Matches(STRUCTURE_IDENTIFIER)
  identifier!: string;

  @ApiProperty({ description: 'Code service', pattern: SERVICE_CODE.source })
  @IsString()
  code!: string;

  @ApiProperty({ description: 'Numéro du compte (UUID) de la personne' })
  @IsUUID()
  account!: string;
}

/** A service. */
export class ServiceView {
  @ApiProperty({ description: 'Code service' })
  code!: string;

  @ApiProperty({ description: 'Libellé du service' })
  name!: string;

  @ApiProperty({ description: 'Faux s’il est désactivé' })
  active!: boolean;

  @ApiProperty({ description: 'Vrai si les factures qui lui sont adressées doivent porter un numéro d’engagement' })
  commitmentNumber!: boolean;
}

/** A page of services. */
export class ServicePage extends pageView(ServiceView) {}
