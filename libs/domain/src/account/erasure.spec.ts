import { specification } from '../testing/given.js';
import type { AccountEvent } from './account-events.js';
import { evolveAccount, noAccount, type Account } from './account.js';
import { erasePerson } from './erasure.js';

const account = '11111111-1111-4111-8111-111111111111';
const created: AccountEvent = {
  type: 'AccountCreated',
  data: { account, login: 'j@mairie.example', contactAddress: 'j@mairie.example', firstName: 'Jeanne', lastName: 'M.' },
};
const activated: AccountEvent = { type: 'AccountActivated', data: { account } };
const deactivated: AccountEvent = { type: 'AccountDeactivated', data: { account } };
const erased: AccountEvent = { type: 'PersonErased', data: { account } };

const { given } = specification(noAccount, evolveAccount);
const managing =
  (...structures: string[]) =>
  (state: Account) =>
    erasePerson(state, structures);

describe('erasePerson', () => {
  it('R01 deactivates the account and erases the person, activated or not', () => {
    given(created, activated).when(managing()).then(deactivated, erased);
    given(created).when(managing()).then(deactivated, erased);
  });

  it('R01 erases a person whose account is deactivated already', () => {
    given(created, activated, deactivated).when(managing()).then(erased);
  });

  it('R01 does nothing the second time, even for whoever is still named somewhere', () => {
    given(created, deactivated, erased).when(managing('21330063500017')).then();
  });

  it('R01 refuses an account that does not exist', () => {
    given().when(managing()).refused('COM-050');
  });

  it('R03 refuses the primary manager of active structures, and names them', () => {
    given(created, activated).when(managing('21330063500017')).refused('COM-051');
    const many = Array.from({ length: 7 }, (_, index) => `S${index}`);
    const decision = erasePerson(evolveAccount(noAccount, created), many);
    expect(decision).toMatchObject({ message: expect.stringContaining('S0, S1, S2, S3, S4 et 2 de plus.') as string });
  });
});
