import type { Caller } from '#application';
import { Body, Controller, Delete, HttpCode, Param, ParseUUIDPipe, Post, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { AllowAccess } from '../access/access.guard.js';
import { CallerOf } from '../access/caller.js';
import { AddBankDetails, RemoveBankDetails } from './bank-details.js';
import { NameCentralService } from './central-service.js';
import {
  BankDetailsBody,
  CentralServiceBody,
  Description,
  PacageNumber,
  Requirements,
  UsedApplications,
} from './bodies.js';
import { Identifier } from '../platform/parameters.js';
import {
  DescribeStructure,
  SetPacageNumber,
  SetRequirements,
  SetUsedApplications,
  SubscribeInvoicingMandate,
} from './structure-settings.js';

/** What managers set on their structures (R11–R14). */
@ApiTags('structures')
@ApiBearerAuth()
@AllowAccess('authenticated')
@ApiParam({ name: 'identifier', type: String })
@Controller('api/structures/:identifier')
export class StructureSettingsController {
  constructor(private readonly commands: CommandBus) {}

  @Put('description')
  @HttpCode(204)
  @ApiOperation({ summary: 'Modifier la raison sociale et l’adresse (gestionnaires)' })
  describe(
    @Identifier() identifier: string,
    @Body() { name, address }: Description,
    @CallerOf() caller: Caller,
  ): Promise<void> {
    return this.commands.execute(new DescribeStructure(caller, identifier, { name, address: address ?? null }));
  }

  @Put('requirements')
  @HttpCode(204)
  @ApiOperation({ summary: 'Dire ce qu’une structure exige des factures (gestionnaires)' })
  setRequirements(
    @Identifier() identifier: string,
    @Body() { serviceCode, commitmentNumber, serviceCodeOrCommitmentNumber }: Requirements,
    @CallerOf() caller: Caller,
  ): Promise<void> {
    const wanted = { serviceCode, commitmentNumber, serviceCodeOrCommitmentNumber };
    return this.commands.execute(new SetRequirements(caller, identifier, wanted));
  }

  @Put('used-applications')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Choisir les applications utilisées ; la demande de paiement en est toujours (gestionnaires)',
  })
  setUsedApplications(
    @Identifier() identifier: string,
    @Body() { applications }: UsedApplications,
    @CallerOf() caller: Caller,
  ): Promise<void> {
    return this.commands.execute(new SetUsedApplications(caller, identifier, applications));
  }

  @Put('invoicing-mandate')
  @HttpCode(204)
  @ApiOperation({ summary: 'Souscrire le mandat de facturation, qu’exige le mode saisie (gestionnaires)' })
  subscribeMandate(@Identifier() identifier: string, @CallerOf() caller: Caller): Promise<void> {
    return this.commands.execute(new SubscribeInvoicingMandate(caller, identifier));
  }

  @Put('pacage-number')
  @HttpCode(204)
  @ApiOperation({ summary: 'Renseigner ou retirer le numéro PACAGE (gestionnaires)' })
  setPacageNumber(
    @Identifier() identifier: string,
    @Body() { number }: PacageNumber,
    @CallerOf() caller: Caller,
  ): Promise<void> {
    return this.commands.execute(new SetPacageNumber(caller, identifier, number ?? null));
  }

  @Put('central-service')
  @HttpCode(204)
  @ApiOperation({ summary: 'Dire comment joindre le service centralisateur des frais de justice (gestionnaires)' })
  nameCentralService(
    @Identifier() identifier: string,
    @Body() { service, contact }: CentralServiceBody,
    @CallerOf() caller: Caller,
  ): Promise<void> {
    const named =
      contact === undefined ? null : { ...contact, telephone: contact.telephone ?? null, email: contact.email ?? null };
    return this.commands.execute(
      new NameCentralService(caller, identifier, { service: service ?? null, contact: named }),
    );
  }

  @Post('bank-details')
  @ApiOperation({ summary: 'Ajouter des coordonnées bancaires (gestionnaires)' })
  async addBankDetails(
    @Identifier() identifier: string,
    @Body() { label, holder, iban, bic, factor }: BankDetailsBody,
    @CallerOf() caller: Caller,
  ): Promise<{ id: string }> {
    const details = { label, holder, iban, bic, factor: factor ?? null };
    return { id: await this.commands.execute(new AddBankDetails(caller, identifier, details)) };
  }

  @Delete('bank-details/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Retirer des coordonnées bancaires (gestionnaires)' })
  @ApiParam({ name: 'id', description: 'Numéro des coordonnées bancaires', schema: { format: 'uuid' } })
  removeBankDetails(
    @Identifier() identifier: string,
    @Param('id', new ParseUUIDPipe()) id: string,
    @CallerOf() caller: Caller,
  ): Promise<void> {
    return this.commands.execute(new RemoveBankDetails(caller, identifier, id));
  }
}
