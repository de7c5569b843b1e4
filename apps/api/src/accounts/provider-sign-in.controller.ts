import { PROVIDER_SIGN_IN_MS } from '#application';
import { Controller, Get, Header, Redirect, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { AllowAccess } from '../access/access.guard.js';
import { BeginProviderSignIn, EndProviderSignIn } from './provider-sign-in.js';
import type { SignedIn } from './sign-in.js';

const PATH = '/api/session/oidc';
const COOKIE = 'repons_sign_in';

/** Signing in with an identity provider by OpenID Connect (R01), where the settings name one. */
@ApiTags('session')
@AllowAccess('public')
@Controller('api/session/oidc')
export class ProviderSignInController {
  constructor(private readonly commands: CommandBus) {}

  @Get()
  @Redirect()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Se connecter par le fournisseur d’identité' })
  async begin(@Res({ passthrough: true }) response: Response): Promise<{ url: string; statusCode: number }> {
    const { location, browser, isSecure } = await this.commands.execute(new BeginProviderSignIn());
    response.cookie(COOKIE, browser, {
      path: PATH,
      httpOnly: true,
      sameSite: 'lax',
      secure: isSecure,
      maxAge: PROVIDER_SIGN_IN_MS,
    });
    return { url: location, statusCode: 302 };
  }

  @Get('callback')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Revenir du fournisseur d’identité ; le jeton de la session n’est donné qu’une fois' })
  async end(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<SignedIn> {
    const { searchParams } = new URL(request.originalUrl, 'http://host');
    response.clearCookie(COOKIE, { path: PATH });
    return this.commands.execute(new EndProviderSignIn(searchParams, cookieOf(request)));
  }
}

function cookieOf(request: Request): string | null {
  return new RegExp(`(?:^|; *)${COOKIE}=([A-Za-z0-9_-]{43})(?:;|$)`).exec(request.header('cookie') ?? '')?.[1] ?? null;
}
