import { Body, Controller, Delete, Header, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AllowAccess } from '../access/access.guard.js';
import { AddressOf, SessionTokenOf } from '../access/caller.js';
import { SignInBody } from './bodies.js';
import { SignIn, SignOut, type SignedIn } from './sign-in.js';

/** Sessions of people (R01): signing in and out. */
@ApiTags('session')
@Controller('api/session')
export class SessionController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @AllowAccess('public')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Se connecter ; le jeton de la session n’est donné qu’une fois' })
  signIn(@Body() { login, password }: SignInBody, @AddressOf() address: string): Promise<SignedIn> {
    return this.commands.execute(new SignIn(login, password, address));
  }

  @Delete()
  @HttpCode(204)
  @AllowAccess('person')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Se déconnecter' })
  signOut(@SessionTokenOf() token: string): Promise<void> {
    return this.commands.execute(new SignOut(token));
  }
}
