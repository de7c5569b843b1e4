import type { Caller } from '#application';
import { LONGEST_PASSWORD } from '#domain';
import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { AllowAccess } from '../access/access.guard.js';
import { AddressOf, CallerOf, type PersonCaller } from '../access/caller.js';
import { EraseOneself, ErasePerson } from './erase-person.js';

/** What confirms an erasure. */
export class ErasureConfirmation {
  @ApiProperty({ description: 'Mot de passe actuel', format: 'password' })
  @IsString()
  @MaxLength(LONGEST_PASSWORD)
  password!: string;
}

/** Erasure of people: nobody reads any more who they were. */
@ApiTags('comptes')
@ApiBearerAuth()
@Controller('api')
export class PrivacyController {
  constructor(private readonly commands: CommandBus) {}

  @Post('accounts/:account/erase')
  @HttpCode(204)
  @AllowAccess('operator')
  @ApiOperation({
    summary: 'Effacer une personne, sans retour ; ses données ne se lisent plus nulle part (exploitants)',
  })
  erase(@Param('account') account: string, @CallerOf() caller: Caller): Promise<void> {
    return this.commands.execute(new ErasePerson(caller, account));
  }

  @Delete('account')
  @HttpCode(204)
  @AllowAccess('person')
  @ApiOperation({ summary: 'Effacer son compte et ses données, sans retour ; toutes les sessions prennent fin' })
  eraseOneself(
    @Body() { password }: ErasureConfirmation,
    @CallerOf() caller: PersonCaller,
    @AddressOf() address: string,
  ): Promise<void> {
    return this.commands.execute(new EraseOneself(caller, password, address));
  }
}
