import { specification } from '../testing/given.js';
import { PRIMARY, registered, succeeded } from '../testing/people.js';
import { addBankDetails, removeBankDetails, type BankDetailsToAdd } from './bank-details.js';
import {
  describeStructure,
  setPacageNumber,
  setUsedApplications,
  subscribeInvoicingMandate,
} from './structure-settings.js';
import type { StructureEvent } from './structure-events.js';
import { evolveStructure, noStructure, type Structure } from './structure.js';

const { given } = specification<Structure, StructureEvent>(noStructure, evolveStructure);
const address = { lines: ['1 rue du Pont'], postcode: '75001', city: 'Paris', country: 'FR' };
const soleTrader: StructureEvent = { ...registered, data: { ...registered.data, person: PRIMARY } };

describe('describeStructure', () => {
  const described: StructureEvent = { type: 'StructureDescribed', data: { name: 'Imprimerie', address, person: null } };

  it('R14 changes name and address', () =>
    given(registered)
      .when((structure) => describeStructure(structure, { name: 'Imprimerie', address }))
      .then(described));

  it('R14 those of a sole trader stay that person’s', () =>
    given(soleTrader)
      .when((structure) => describeStructure(structure, { name: 'Imprimerie', address: null }))
      .then({ type: 'StructureDescribed', data: { name: 'Imprimerie', address: null, person: PRIMARY } }));

  it('R14 records nothing when it is already so', () =>
    given(registered, described)
      .when((structure) =>
        describeStructure(structure, { name: 'Imprimerie', address: { ...address, lines: ['1 rue du Pont'] } }),
      )
      .then());

  it('R14 another line of the address is another address', () =>
    given(registered, described)
      .when((structure) => describeStructure(structure, { name: 'Imprimerie', address: { ...address, lines: [] } }))
      .then({
        type: 'StructureDescribed',
        data: { name: 'Imprimerie', address: { ...address, lines: [] }, person: null },
      }));
});

describe('setUsedApplications', () => {
  it('R14 sets the block, each application once', () =>
    given(registered)
      .when((structure) => setUsedApplications(structure, ['DEMANDE_PAIEMENT', 'ENGAGEMENT', 'ENGAGEMENT']))
      .then({ type: 'UsedApplicationsSet', data: { applications: ['DEMANDE_PAIEMENT', 'ENGAGEMENT'] } }));

  it('R14 records nothing when it is already so', () =>
    given(registered)
      .when((structure) => setUsedApplications(structure, ['DEMANDE_PAIEMENT']))
      .then());

  it('R14 STR-006 the payment request cannot be removed', () =>
    given(registered)
      .when((structure) => setUsedApplications(structure, ['ENGAGEMENT']))
      .refused('STR-006'));

  it('R14 STR-007 refuses what is no code of an application', () =>
    given(registered)
      .when((structure) => setUsedApplications(structure, ['DEMANDE_PAIEMENT', 'à payer']))
      .refused('STR-007'));
});

describe('addBankDetails', () => {
  const details: BankDetailsToAdd = {
    id: 'a0000000-0000-4000-8000-000000000000',
    label: 'Compte courant',
    holder: 'Papeterie',
    iban: 'FR14 2004 1010 0505 0001 3M02 606',
    bic: 'psstfrpppar',
    factor: null,
  };
  const added = (
    rest: Partial<Extract<StructureEvent, { type: 'BankDetailsAdded' }>['data']> = {},
  ): StructureEvent => ({
    type: 'BankDetailsAdded',
    data: { ...details, iban: 'FR1420041010050500013M02606', bic: 'PSSTFRPPPAR', person: null, by: PRIMARY, ...rest },
  });

  it('R12 attaches bank details, in the form that machines read', () =>
    given(registered)
      .when((structure) => addBankDetails(structure, details, PRIMARY))
      .then(added()));

  it('R12 those of a sole trader are that person’s', () =>
    given(soleTrader)
      .when((structure) => addBankDetails(structure, details, PRIMARY))
      .then(added({ person: PRIMARY })));

  it('R12 the account of a factoring company stands beside one’s own', () =>
    given(registered, added())
      .when((structure) => addBankDetails(structure, { ...details, id: 'b', factor: 'Affacturage SA' }, PRIMARY))
      .then(added({ id: 'b', factor: 'Affacturage SA' })));

  it.each<[string, Partial<BankDetailsToAdd>, string]>([
    ['an IBAN whose key is wrong', { iban: 'FR1420041010050500013M02607' }, 'STR-009'],
    ['no IBAN', { iban: '' }, 'STR-009'],
    ['a BIC that is none', { bic: 'PSST' }, 'STR-010'],
  ])('R12 refuses %s', (_, change, code) =>
    given(registered)
      .when((structure) => addBankDetails(structure, { ...details, ...change }, PRIMARY))
      .refused(code),
  );

  it('R12 STR-011 refuses an account that is there', () =>
    given(registered, added())
      .when((structure) => addBankDetails(structure, { ...details, id: 'b' }, PRIMARY))
      .refused('STR-011'));

  it('R12 STR-012 refuses more than fifty', () =>
    given(registered, ...Array.from({ length: 50 }, (_, index) => added({ id: `${index}`, iban: `${index}` })))
      .when((structure) => addBankDetails(structure, details, PRIMARY))
      .refused('STR-012'));

  it('R12 removes bank details, once', () => {
    given(registered, added())
      .when((structure) => removeBankDetails(structure, details.id, PRIMARY))
      .then({ type: 'BankDetailsRemoved', data: { id: details.id, by: PRIMARY } });
    given(registered)
      .when((structure) => removeBankDetails(structure, details.id, PRIMARY))
      .then();
  });
});

describe('the invoicing mandate and the PACAGE number', () => {
  it('R13 subscribes the mandate, once', () => {
    const subscribed: StructureEvent = { type: 'InvoicingMandateSubscribed', data: { by: PRIMARY } };
    given(registered)
      .when((structure) => subscribeInvoicingMandate(structure, PRIMARY))
      .then(subscribed);
    given(registered, subscribed)
      .when((structure) => subscribeInvoicingMandate(structure, PRIMARY))
      .then();
  });

  it('R16 sets and removes the PACAGE number', () => {
    const set: StructureEvent = { type: 'PacageNumberSet', data: { number: '012345678', by: PRIMARY } };
    given(registered)
      .when((structure) => setPacageNumber(structure, '012345678', PRIMARY))
      .then(set);
    given(registered, set)
      .when((structure) => setPacageNumber(structure, '012345678', PRIMARY))
      .then();
    given(registered, set)
      .when((structure) => setPacageNumber(structure, null, PRIMARY))
      .then({ type: 'PacageNumberSet', data: { number: null, by: PRIMARY } });
  });

  it('R16 STR-008 a PACAGE number has nine digits', () =>
    given(registered)
      .when((structure) => setPacageNumber(structure, '12345678', PRIMARY))
      .refused('STR-008'));
});

describe('the settings of a structure that was replaced', () => {
  const commands: Readonly<Record<string, Parameters<ReturnType<typeof given>['when']>[0]>> = {
    describeStructure: (structure) => describeStructure(structure, { name: 'A', address: null }),
    setUsedApplications: (structure) => setUsedApplications(structure, ['DEMANDE_PAIEMENT']),
    addBankDetails: (structure) =>
      addBankDetails(structure, { id: 'a', label: '', holder: '', iban: '', bic: '', factor: null }, PRIMARY),
    removeBankDetails: (structure) => removeBankDetails(structure, 'a', PRIMARY),
    subscribeInvoicingMandate: (structure) => subscribeInvoicingMandate(structure, PRIMARY),
    setPacageNumber: (structure) => setPacageNumber(structure, null, PRIMARY),
  };

  it.each(Object.entries(commands))('R16 STR-003 %s', (_, command) =>
    given(registered, succeeded).when(command).refused('STR-003'),
  );
});
