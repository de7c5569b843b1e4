import { Module } from '@nestjs/common';
import { CreateSupportRequestHandler } from './create-support-request.js';
import {
  GetSupportRequestHandler,
  ListSupportRequestsHandler,
  OpenSupportRequestFileHandler,
} from './support-request-queries.js';
import { SupportRequestsController } from './support-requests.controller.js';
import {
  AnswerSupportRequestHandler,
  AssignSupportRequestHandler,
  CloseSupportRequestHandler,
} from './treat-support-request.js';

/** Support requests (R18). */
@Module({
  controllers: [SupportRequestsController],
  providers: [
    CreateSupportRequestHandler,
    AssignSupportRequestHandler,
    AnswerSupportRequestHandler,
    CloseSupportRequestHandler,
    ListSupportRequestsHandler,
    GetSupportRequestHandler,
    OpenSupportRequestFileHandler,
  ],
})
export class SupportRequestsModule {}
