import { AccessRefused } from '#application';
import { STRUCTURE_IDENTIFIER } from '#domain';
import { Param, ParseUUIDPipe, type PipeTransform } from '@nestjs/common';

/** What cannot be an identifier is that of no structure. */
class IdentifierPipe implements PipeTransform<string, string> {
  transform(identifier: string): string {
    if (!STRUCTURE_IDENTIFIER.test(identifier)) throw new AccessRefused('not-found');
    return identifier;
  }
}

/** Identifier of the structure that a route is about. */
export const Identifier = (): ParameterDecorator => Param('identifier', new IdentifierPipe());

/** UUID of the account that a route is about. */
export const Account = (): ParameterDecorator => Param('account', new ParseUUIDPipe());
