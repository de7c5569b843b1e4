import {
  catalogueEntry,
  isRuleId,
  rulesBySet,
  searchCatalogue,
  type CatalogueEntry,
  type CatalogueSectionName,
} from '#einvoice';
import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import { AllowAccess } from '../access/access.guard.js';
import { Problem } from '../platform/problem.js';
import { catalogueFilter, layerNames, severityNames, type CatalogueQuery } from './catalogue-query.js';

/** One rule, with the section of the catalogue that it is in. */
type ListedRule = CatalogueEntry & { readonly section: CatalogueSectionName };

/** Every rule and code that a reject can carry, with what to do (R43). */
@ApiTags('catalogue')
@AllowAccess('public')
@Controller('api/catalogue')
export class CatalogueController {
  @Get()
  @Header('Cache-Control', 'public, max-age=300')
  @ApiOperation({ summary: 'Catalogue des règles et des codes de rejet' })
  @ApiQuery({ name: 'text', required: false, description: 'Mots de l’identifiant, des termes ou des textes' })
  @ApiQuery({ name: 'section', required: false, description: 'Origine de la règle, par exemple en16931 ou france' })
  @ApiQuery({ name: 'layer', required: false, enum: Object.keys(layerNames) })
  @ApiQuery({ name: 'severity', required: false, enum: Object.keys(severityNames) })
  @ApiQuery({ name: 'ruleSet', required: false, enum: [...rulesBySet.keys()] })
  list(@Query() query: CatalogueQuery): { items: ListedRule[]; total: number; next: null } {
    const items = searchCatalogue(catalogueFilter(query)).flatMap(({ name, entries }) =>
      entries.map((entry) => ({ ...entry, section: name })),
    );
    return { items, total: items.length, next: null };
  }

  @Get(':rule')
  @Header('Cache-Control', 'public, max-age=300')
  @ApiOperation({ summary: 'Une règle du catalogue' })
  @ApiParam({ name: 'rule', example: 'BR-CO-10' })
  one(@Param('rule') rule: string): CatalogueEntry {
    if (!isRuleId(rule)) throw new Problem(404, 'CAT-404', 'Aucune règle du catalogue ne porte cet identifiant.');
    return catalogueEntry(rule);
  }
}
