import { CLOCK, OBJECTS, provide, RejectFiles, type Clock } from '#application';
import { EventStore } from '#events';
import type { ObjectStore } from '#persistence';
import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access/access.guard.js';
import { AccountsModule } from './accounts/accounts.module.js';
import { ApiLifecycle } from './api-lifecycle.js';
import { CataloguePageController } from './catalogue/catalogue-page.controller.js';
import { CatalogueController } from './catalogue/catalogue.controller.js';
import { DirectoryImportModule } from './directory-import/directory-import.module.js';
import { DirectoryController } from './directory/directory.controller.js';
import { DraftsModule } from './drafts/drafts.module.js';
import { ExportsModule } from './exports/exports.module.js';
import { FeedModule } from './feed/feed.module.js';
import { DepositFlowHandler } from './flows/deposit-flow.js';
import { GetFlowHandler, ListFlowInvoicesHandler, ListFlowsHandler } from './flows/flow-queries.js';
import { FlowsController } from './flows/flows.controller.js';
import { ReplayFlowHandler } from './flows/replay-flow.js';
import { DryRunModule } from './invoices/dry-run.module.js';
import { InvoicesController } from './invoices/invoices.controller.js';
import { NumbersModule } from './numbers/numbers.module.js';
import { HealthController } from './platform/health.controller.js';
import { LifecycleModule } from './lifecycle/lifecycle.module.js';
import { LinkPagesController } from './link-pages/link-pages.controller.js';
import { PlatformModule } from './platform/platform.module.js';
import { ProblemFilter } from './platform/problem.filter.js';
import { PrivacyModule } from './privacy/privacy.module.js';
import { ReadableInvoiceModule } from './readable-invoice/readable-invoice.module.js';
import { RefundRequestsModule } from './refund-requests/refund-requests.module.js';
import { RejectsController } from './rejects/rejects.controller.js';
import { ServicesModule } from './services/services.module.js';
import { SpacesModule } from './spaces/spaces.module.js';
import { StructuresModule } from './structures/structures.module.js';
import { SupportRequestsModule } from './support-requests/support-requests.module.js';
import { UploadsModule } from './uploads/uploads.module.js';

/** Puts the API together. Controllers translate a request into one command or one query, nothing more. */
@Module({
  imports: [
    PlatformModule,
    AccountsModule,
    DirectoryImportModule,
    DraftsModule,
    DryRunModule,
    ExportsModule,
    FeedModule,
    LifecycleModule,
    NumbersModule,
    PrivacyModule,
    ReadableInvoiceModule,
    RefundRequestsModule,
    StructuresModule,
    ServicesModule,
    SpacesModule,
    SupportRequestsModule,
    UploadsModule,
  ],
  controllers: [
    FlowsController,
    InvoicesController,
    RejectsController,
    DirectoryController,
    CatalogueController,
    CataloguePageController,
    LinkPagesController,
    HealthController,
  ],
  providers: [
    provide(
      RejectFiles,
      [EventStore, OBJECTS, CLOCK],
      (store: EventStore, objects: ObjectStore, clock: Clock) => new RejectFiles(store, objects, clock),
    ),
    DepositFlowHandler,
    ReplayFlowHandler,
    GetFlowHandler,
    ListFlowsHandler,
    ListFlowInvoicesHandler,
    ApiLifecycle,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
})
export class ApiModule {}
