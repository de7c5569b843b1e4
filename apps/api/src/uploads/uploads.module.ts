import { Module } from '@nestjs/common';
import { UploadFileHandler } from './upload-file.js';
import { UploadsController } from './uploads.controller.js';

/** Files that are uploaded before something cites them (R24). */
@Module({ controllers: [UploadsController], providers: [UploadFileHandler] })
export class UploadsModule {}
