import { Module } from '@nestjs/common';
import { AttachmentsController } from './attachments.controller.js';
import {
  AttachUserHandler,
  RefuseAttachmentHandler,
  RequestAttachmentHandler,
  ValidateAttachmentHandler,
} from './attachments.js';
import {
  DeactivateAuthorisationHandler,
  DeleteAuthorisationHandler,
  ReactivateAuthorisationHandler,
} from './authorisations.js';
import { AddBankDetailsHandler, RemoveBankDetailsHandler } from './bank-details.js';
import { ChangeIdentifierHandler } from './change-identifier.js';
import { CreateStructureHandler, DeactivateStructureHandler, RegisterStructureHandler } from './create-structure.js';
import { MembersController } from './members.controller.js';
import { ListAttachmentRequestsHandler, ListMembersHandler } from './people-queries.js';
import { NamePrimaryManagerHandler, TransferPrimaryRoleHandler } from './primary-manager.js';
import { AppointSecondaryManagerHandler, DismissSecondaryManagerHandler } from './secondary-managers.js';
import { GetRecipientHandler, GetStructureHandler, ListStructuresHandler } from './structure-queries.js';
import { NameCentralServiceHandler } from './central-service.js';
import { StructureSettingsController } from './structure-settings.controller.js';
import {
  DescribeStructureHandler,
  SetPacageNumberHandler,
  SetRequirementsHandler,
  SetUsedApplicationsHandler,
  SubscribeInvoicingMandateHandler,
} from './structure-settings.js';
import { StructuresController } from './structures.controller.js';

/** Structures, their people, attachments, roles and changes of SIRET (R02–R07, R11–R14, R16). */
@Module({
  controllers: [StructuresController, StructureSettingsController, MembersController, AttachmentsController],
  providers: [
    CreateStructureHandler,
    RegisterStructureHandler,
    DeactivateStructureHandler,
    ChangeIdentifierHandler,
    DescribeStructureHandler,
    SetRequirementsHandler,
    SetUsedApplicationsHandler,
    SubscribeInvoicingMandateHandler,
    SetPacageNumberHandler,
    AddBankDetailsHandler,
    RemoveBankDetailsHandler,
    NameCentralServiceHandler,
    RequestAttachmentHandler,
    ValidateAttachmentHandler,
    RefuseAttachmentHandler,
    AttachUserHandler,
    DeactivateAuthorisationHandler,
    ReactivateAuthorisationHandler,
    DeleteAuthorisationHandler,
    AppointSecondaryManagerHandler,
    DismissSecondaryManagerHandler,
    TransferPrimaryRoleHandler,
    NamePrimaryManagerHandler,
    GetStructureHandler,
    GetRecipientHandler,
    ListStructuresHandler,
    ListMembersHandler,
    ListAttachmentRequestsHandler,
  ],
})
export class StructuresModule {}
