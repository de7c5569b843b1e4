import type { Decision } from '../shared/decision.js';
import { specification } from '../testing/given.js';
import type { AccountEvent, LoginEvent } from './account-events.js';
import { evolveAccount, evolveLogin, freeLogin, noAccount, type Account } from './account.js';
import { activateAccount, requestActivation } from './activation.js';
import { createAccount, takeLogin, type AccountToCreate } from './create-account.js';
import { changeContactAddress, chooseNotifications } from './own-settings.js';
import { changePassword, requestPasswordReset, resetPassword } from './passwords.js';
import { deactivateAccount, linkPigpAccount, reactivateAccount, unlinkPigpAccount } from './upkeep.js';

const account = '11111111-1111-4111-8111-111111111111';
const password = 'trois chevaux sur le toit';
const wanted: AccountToCreate = {
  account,
  login: 'claire.martin@mairie.example',
  contactAddress: null,
  firstName: 'Claire',
  lastName: 'Martin',
  password,
};
const created: AccountEvent = {
  type: 'AccountCreated',
  data: {
    account,
    login: 'claire.martin@mairie.example',
    contactAddress: 'claire.martin@mairie.example',
    firstName: 'Claire',
    lastName: 'Martin',
  },
};
const told = (
  type: Exclude<AccountEvent['type'], 'AccountCreated' | 'ContactAddressChanged' | 'NotificationsChosen'>,
) => ({ type, data: { account } }) as AccountEvent;
const activated = told('AccountActivated');
const deactivated = told('AccountDeactivated');
const erased = told('PersonErased');

const { given } = specification<Account, AccountEvent>(noAccount, evolveAccount);
const login = specification(freeLogin, evolveLogin);

describe('a login address', () => {
  it('R01 is taken once', () => {
    const taken: LoginEvent = { type: 'LoginTaken', data: { account } };
    login
      .given()
      .when((state) => takeLogin(state, account))
      .then(taken);
    login
      .given(taken)
      .when((state) => takeLogin(state, account))
      .then();
  });

  it('R01 COM-001 is nobody else’s afterwards, and the refusal says what to do', () => {
    const taken: LoginEvent = { type: 'LoginTaken', data: { account: 'somebody' } };
    login
      .given(taken)
      .when((state) => takeLogin(state, account))
      .refused('COM-001');
    expect(takeLogin({ account: 'somebody' }, account)).toMatchObject({
      message: expect.stringMatching(/lien d’activation ou un nouveau mot de passe/) as string,
    });
  });

  it('R01 is final: an account keeps the one that it was created with through every event there is', () => {
    const events: AccountEvent[] = [
      activated,
      { type: 'ContactAddressChanged', data: { account, contactAddress: 'compta@mairie.example' } },
      { type: 'NotificationsChosen', data: { account, notifications: false } },
      told('ActivationRequested'),
      told('PasswordResetRequested'),
      told('PasswordChanged'),
      told('PigpAccountLinked'),
      told('PigpAccountUnlinked'),
      deactivated,
      told('AccountReactivated'),
    ];
    expect(events.reduce(evolveAccount, evolveAccount(noAccount, created))).toMatchObject({ login: wanted.login });
  });
});

describe('creating an account', () => {
  it('R01 takes the login for the contact address unless another one is given', () => {
    given()
      .when((state) => createAccount(state, wanted))
      .then(created);
    const contactAddress = 'compta@mairie.example';
    given()
      .when((state) => createAccount(state, { ...wanted, contactAddress }))
      .then({ type: 'AccountCreated', data: { ...created.data, contactAddress } });
    given(created)
      .when((state) => createAccount(state, wanted))
      .then();
  });

  it.each([
    ['COM-002', 'onze caract'],
    ['COM-002', '🐎🐎🐎abcdefg'],
    ['COM-003', 'MotDePasse2026!'],
    ['COM-003', 'mot de passe 123'],
    ['COM-003', 'azertyuiop12'],
    ['COM-003', '1234password'],
    ['COM-003', 'aaaaaaaaaaaab'],
    ['COM-003', '123456789012'],
    ['COM-003', 'zyxwvutsrqponm'],
    ['COM-004', 'bonjour Claire.Martin'],
    ['COM-004', 'claire.martin@mairie.example'],
  ])('R01 %s refuses the password « %s »', (code, tried) => {
    given()
      .when((state) => createAccount(state, { ...wanted, password: tried }))
      .refused(code);
    given(created, activated)
      .when((state) => changePassword(state, tried))
      .refused(code);
    given(created, activated)
      .when((state) => resetPassword(state, tried))
      .refused(code);
  });

  it('R01 a short local part of the login says nothing against a password', () => {
    given()
      .when((state) => createAccount(state, { ...wanted, login: 'a@b.example', password }))
      .then({
        type: 'AccountCreated',
        data: { ...created.data, login: 'a@b.example', contactAddress: 'a@b.example' },
      });
  });

  it('R01 no event holds the password', () => {
    expect(JSON.stringify([createAccount(noAccount, wanted), changePassword(active(), password)])).not.toContain(
      password,
    );
  });
});

function active(): Account {
  return [created, activated].reduce(evolveAccount, noAccount);
}

describe('activating an account', () => {
  it('R01 makes a pending account active, once', () => {
    given(created).when(activateAccount).then(activated);
    given(created, activated).when(activateAccount).then();
  });

  it('R01 COM-005 refuses a deactivated account, and one that is not there', () => {
    given(created, deactivated).when(activateAccount).refused('COM-005');
    given().when(activateAccount).refused('COM-005');
  });

  it('R01 the link is asked for again while the account waits, as often as need be', () => {
    given(created).when(requestActivation).then(told('ActivationRequested'));
    given(created, told('ActivationRequested')).when(requestActivation).then(told('ActivationRequested'));
  });

  it('R01 nothing happens, and nothing is said, where there is nothing to activate', () => {
    given().when(requestActivation).then();
    given(created, activated).when(requestActivation).then();
    given(created, deactivated).when(requestActivation).then();
  });
});

describe('passwords', () => {
  it('R01 a link for a new password is asked for by whoever has an account that is not deactivated', () => {
    given(created, activated).when(requestPasswordReset).then(told('PasswordResetRequested'));
    given(created).when(requestPasswordReset).then(told('PasswordResetRequested'));
    given().when(requestPasswordReset).then();
    given(created, deactivated).when(requestPasswordReset).then();
  });

  it('R01 a new password by the link of an e-mail activates the account as well', () => {
    given(created, activated)
      .when((state) => resetPassword(state, password))
      .then(told('PasswordChanged'));
    given(created)
      .when((state) => resetPassword(state, password))
      .then(told('PasswordChanged'), activated);
  });

  it('R01 COM-005 a deactivated account has no new password', () => {
    given(created, deactivated)
      .when((state) => resetPassword(state, password))
      .refused('COM-005');
    given()
      .when((state) => resetPassword(state, password))
      .refused('COM-005');
  });

  it('R01 is changed by the person', () => {
    given(created, activated)
      .when((state) => changePassword(state, password))
      .then(told('PasswordChanged'));
  });
});

describe('the settings of one’s own account', () => {
  it('R01 the contact address changes', () => {
    const changed: AccountEvent = { type: 'ContactAddressChanged', data: { account, contactAddress: 'c@d.example' } };
    const change = (state: Account) => changeContactAddress(state, 'c@d.example');
    given(created, activated).when(change).then(changed);
    given(created, activated, changed).when(change).then();
  });

  it('R01 R25 notifications by e-mail are chosen', () => {
    const chosen: AccountEvent = { type: 'NotificationsChosen', data: { account, notifications: false } };
    const choose = (state: Account) => chooseNotifications(state, false);
    given(created, activated).when(choose).then(chosen);
    given(created, activated, chosen).when(choose).then();
  });

  it.each<[string, (state: Account) => Decision<AccountEvent>]>([
    ['contact address', (state) => changeContactAddress(state, 'c@d.example')],
    ['notifications', (state) => chooseNotifications(state, false)],
    ['password', (state) => changePassword(state, password)],
  ])('R01 COM-006 only an active account changes its %s', (_, change) => {
    given().when(change).refused('COM-006');
    given(created).when(change).refused('COM-006');
    given(created, activated, deactivated).when(change).refused('COM-006');
  });
});

describe('what operators do with an account', () => {
  it('R06 links and unlinks an account of the Portail internet de la gestion publique', () => {
    given(created).when(linkPigpAccount).then(told('PigpAccountLinked'));
    given(created, told('PigpAccountLinked')).when(linkPigpAccount).then();
    given(created, told('PigpAccountLinked')).when(unlinkPigpAccount).then(told('PigpAccountUnlinked'));
    given(created).when(unlinkPigpAccount).then();
  });

  it('R01 deactivates and reactivates', () => {
    given(created, activated).when(deactivateAccount).then(deactivated);
    given(created, deactivated).when(deactivateAccount).then();
    given(created, activated, deactivated).when(reactivateAccount).then(told('AccountReactivated'));
    given(created, activated).when(reactivateAccount).then();
  });

  it('R01 an account that never was activated waits for its activation again', () => {
    given(created, deactivated, told('AccountReactivated')).when(activateAccount).then(activated);
    expect(
      [created, activated, deactivated, told('AccountReactivated')].reduce(evolveAccount, noAccount),
    ).toMatchObject({
      status: 'active',
    });
  });

  it.each([linkPigpAccount, unlinkPigpAccount, deactivateAccount, reactivateAccount])(
    'R01 COM-007 an erased person’s account stays as it is: %p',
    (command) => {
      given(created, activated, erased).when(command).refused('COM-007');
      given().when(command).refused('COM-007');
    },
  );

  it('R01 nothing personal is left of an erased person', () => {
    expect([created, activated, erased].reduce(evolveAccount, noAccount)).toEqual({
      status: 'deactivated',
      account,
      activated: true,
      login: null,
      contactAddress: null,
      firstName: null,
      lastName: null,
      notifications: true,
      pigp: false,
      erased: true,
    });
  });
});
