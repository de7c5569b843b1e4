import { searchCatalogue } from '#einvoice';
import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { AllowAccess } from '../access/access.guard.js';
import { CATALOGUE_PAGE_POLICY, cataloguePage } from './catalogue-page.js';
import { catalogueFilter, type CatalogueQuery } from './catalogue-query.js';

/** The catalogue for people: the same rules as a page, that messages to partners can point to (R43). */
@ApiTags('catalogue')
@AllowAccess('public')
@Controller('catalogue')
export class CataloguePageController {
  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', CATALOGUE_PAGE_POLICY)
  @Header('Cache-Control', 'public, max-age=300')
  @ApiOperation({ summary: 'Catalogue des règles, en page HTML ; mêmes paramètres que /api/catalogue' })
  @ApiProduces('text/html')
  page(@Query() query: CatalogueQuery): string {
    const filter = catalogueFilter(query);
    const ruleSet = typeof query.ruleSet === 'string' ? query.ruleSet : undefined;
    return cataloguePage(searchCatalogue(filter), { filter, ruleSet });
  }
}
