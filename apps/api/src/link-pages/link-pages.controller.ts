import { Controller, Get, Header } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { AllowAccess } from '../access/access.guard.js';
import { LINK_PAGE_SCRIPT, linkPage } from './link-pages.js';

/** Nothing but its own script and its own API; nobody may frame it. */
const POLICY =
  "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The two pages that links of mails open, until there is a portal (R01). */
@ApiTags('comptes')
@AllowAccess('public')
@Controller()
export class LinkPagesController {
  @Get('activation')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', POLICY)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Page qu’ouvre le lien d’activation d’un compte' })
  @ApiProduces('text/html')
  activation(): string {
    return linkPage('activation');
  }

  @Get('new-password')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', POLICY)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Page qu’ouvre le lien de changement de mot de passe' })
  @ApiProduces('text/html')
  newPassword(): string {
    return linkPage('new-password');
  }

  @Get('link-page.js')
  @Header('Content-Type', 'text/javascript; charset=utf-8')
  @Header('Cache-Control', 'public, max-age=300')
  @ApiOperation({ summary: 'Script de ces deux pages' })
  @ApiProduces('text/javascript')
  script(): string {
    return LINK_PAGE_SCRIPT;
  }
}
