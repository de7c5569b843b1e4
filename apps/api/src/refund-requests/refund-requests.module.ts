import { Module } from '@nestjs/common';
import {
  CreateRefundRequestHandler,
  DeleteRefundRequestHandler,
  SaveRefundRequestHandler,
  SendRefundRequestHandler,
  TreatRefundRequestHandler,
} from './refund-request-commands.js';
import {
  GetRefundRequestHandler,
  ListRefundRequestsHandler,
  OpenRefundRequestFileHandler,
} from './refund-request-queries.js';
import { RefundRequestsController } from './refund-requests.controller.js';

/** Requests to have energy taxes paid back (R29). */
@Module({
  controllers: [RefundRequestsController],
  providers: [
    CreateRefundRequestHandler,
    SaveRefundRequestHandler,
    DeleteRefundRequestHandler,
    SendRefundRequestHandler,
    TreatRefundRequestHandler,
    ListRefundRequestsHandler,
    GetRefundRequestHandler,
    OpenRefundRequestFileHandler,
  ],
})
export class RefundRequestsModule {}
