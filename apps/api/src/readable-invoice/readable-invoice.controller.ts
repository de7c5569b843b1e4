import type { Caller } from '#application';
import { Controller, Get, Header, Param, ParseUUIDPipe, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import { AllowAccess } from '../access/access.guard.js';
import { CallerOf } from '../access/caller.js';
import { OpenInvoicePdf } from './invoice-pdf.js';

/** "Visualiser": an invoice as people read it (R28). */
@ApiTags('factures')
@ApiBearerAuth()
@AllowAccess('authenticated')
@Controller('api/invoices')
export class ReadableInvoiceController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id/pdf')
  @Header('Cache-Control', 'private, no-store')
  @ApiOperation({
    summary: 'Visualiser une facture en PDF',
    description:
      'Le PDF que l’émetteur a envoyé, ou le lisible joint à ses données ; à défaut une représentation faite des données, qui font foi.',
  })
  @ApiParam({ name: 'id', type: String })
  @ApiProduces('application/pdf')
  async pdf(@Param('id', new ParseUUIDPipe()) id: string, @CallerOf() caller: Caller): Promise<StreamableFile> {
    const { number, size, bytes, isPartners } = await this.queries.execute(new OpenInvoicePdf(caller, id));
    const name = encodeURIComponent(`facture-${number}.pdf`);
    // Shown by the browser itself only when it is ours (RFC 6266, RFC 8187).
    return new StreamableFile(bytes, {
      type: 'application/pdf',
      length: size,
      disposition: `${isPartners ? 'attachment' : 'inline'}; filename*=UTF-8''${name}`,
    });
  }
}
