import { Directory } from '#application';
import { STATUS_FORMATS, STRUCTURE_IDENTIFIER, type StatusFormat } from '#domain';
import { Body, Controller, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { AllowAccess } from '../access/access.guard.js';

/** Whether a structure is excluded from the duty to receive. */
export class Exclusion {
  @ApiPropertyOptional({ description: 'Motif de l’exclusion ; absent, l’exclusion est levée' })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  reason?: string;
}

/** A connection to open. */
export class ConnectionToOpen {
  @ApiProperty({ description: 'Code application : six lettres majuscules ou chiffres', example: 'ABC123' })
  @Matches(/^[A-Z0-9]{6}$/)
  applicationCode!: string;

  @ApiProperty({ description: 'Identifiant de la structure raccordée' })
  @Matches(STRUCTURE_IDENTIFIER)
  structure!: string;

  @ApiProperty({ description: 'Nom de la structure raccordée' })
  @IsString()
  @MinLength(1)
  @MaxLength(99)
  name!: string;

  @ApiPropertyOptional({ description: 'Clé publique OpenSSH qui ouvre la boîte SFTP' })
  @IsOptional()
  @Matches(/^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp\d{3}) [A-Za-z0-9+/=]+( .{0,200})?$/)
  publicKey?: string;
}

/** In which format a connection is told what becomes of invoices. */
export class ChosenStatusFormat {
  @ApiProperty({ description: 'Format des fichiers de statuts', enum: STATUS_FORMATS })
  @IsIn(STATUS_FORMATS)
  format!: StatusFormat;
}

/** Structures and connections, managed by operators until people manage their own (R02, R50). */
@ApiTags('annuaire')
@ApiBearerAuth()
@AllowAccess('operator')
@Controller('api')
export class DirectoryController {
  constructor(private readonly directory: Directory) {}

  @Put('structures/:identifier/exclusion')
  @HttpCode(204)
  @ApiOperation({ summary: 'Exclure une structure de l’obligation de recevoir, ou lever l’exclusion (exploitants)' })
  async exclude(@Param('identifier') identifier: string, @Body() { reason }: Exclusion): Promise<void> {
    await this.directory.setExclusion(identifier, reason ?? null, 'operator');
  }

  @Post('connections')
  @ApiOperation({ summary: 'Ouvrir un raccordement ; la clé d’API n’est montrée qu’une fois (exploitants)' })
  async open(
    @Body() { applicationCode, structure, name, publicKey }: ConnectionToOpen,
  ): Promise<{ applicationCode: string; apiKey: string }> {
    const command = { applicationCode, structure, name, publicKey: publicKey ?? null };
    const { apiKey } = await this.directory.openConnection(command, 'operator');
    return { applicationCode, apiKey };
  }

  @Put('connections/:applicationCode/status-format')
  @HttpCode(204)
  @ApiOperation({ summary: 'Choisir le format des fichiers de statuts d’un raccordement (exploitants)' })
  async chooseStatusFormat(
    @Param('applicationCode') applicationCode: string,
    @Body() { format }: ChosenStatusFormat,
  ): Promise<void> {
    await this.directory.chooseStatusFormat(applicationCode, format, 'operator');
  }
}
