import { catalogue, type CatalogueEntry } from '#einvoice';
import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AllowAccess } from '../access/api-key.guard.js';

/** Every rule and code that a reject can carry, with what to do (R43). */
@ApiTags('catalogue')
@AllowAccess('public')
@Controller('api/catalogue')
export class CatalogueController {
  @Get()
  @ApiOperation({ summary: 'Catalogue des règles et des codes de rejet' })
  list(): { items: readonly CatalogueEntry[]; total: number; next: null } {
    const items = [...catalogue];
    return { items, total: items.length, next: null };
  }
}
