import { IdentityLinks } from '#application';
import { CommandBus } from '@nestjs/cqrs';
import { ActivateAccount } from '../accounts/activation.js';
import { CreateAccount } from '../accounts/create-account.js';
import { SignIn } from '../accounts/sign-in.js';
import type { TestApi } from './test-api.js';

/** A person with an active account, signed in. */
export interface SignedInPerson {
  /** UUID of the account. */
  readonly account: string;
  readonly login: string;
  /** To be sent as `Authorization: Bearer …`. */
  readonly token: string;
}

/** Password of everybody whom these functions create. */
export const PASSWORD = 'trois chevaux sur le toit';

let people = 0;

/** A person who has created an account, activated it by the link and signed in. */
export async function signedInPerson(
  api: TestApi,
  { login, firstName = 'Claire', lastName = 'Martin' }: { login?: string; firstName?: string; lastName?: string } = {},
): Promise<SignedInPerson> {
  people += 1;
  const ownLogin = login ?? `personne.${people}@exemple.test`;
  // Each from an address of their own, so that no limit of one address is met however many there are.
  const address = `10.${(people >> 16) & 255}.${(people >> 8) & 255}.${people & 255}`;
  const commands = api.app.get(CommandBus);
  const person = { login: ownLogin, contactAddress: null, firstName, lastName, password: PASSWORD };
  const { account } = await commands.execute(new CreateAccount(person, address));
  const { token: link } = await api.app.get(IdentityLinks).issue(account, 'activation');
  await commands.execute(new ActivateAccount(link, address));
  const { token } = await commands.execute(new SignIn(ownLogin, PASSWORD, address));
  return { account, login: ownLogin, token };
}
