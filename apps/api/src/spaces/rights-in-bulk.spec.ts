import { CommandBus } from '@nestjs/cqrs';
import { membershipStream } from '#domain';
import { randomUUID } from 'node:crypto';
import { startOwnApi, type OwnApi } from '../../../../test/support/own-api.js';
import { ask } from '../testing/ask.js';
import { managedStructure } from '../testing/managed-structure.js';
import { signedInPerson, type SignedInPerson } from '../testing/people.js';
import { ManageSubscriptionsInBulk } from './bulk-subscriptions.js';

const FIRST = '13002526500013';
const SECOND = '13002526500021';
const FOREIGN = '39860733300059';
const UNMANAGED = '21750001600019';
const ABSENT = '99999999-9999-4999-8999-999999999999';

interface Line {
  readonly structure: string;
  readonly account: string;
  readonly space: string | null;
  readonly service: string | null;
  readonly outcome: string;
  readonly code?: string;
  readonly text?: string;
}

describe('rights in bulk', () => {
  let api: OwnApi;
  let manager: SignedInPerson;
  const [from, to, third] = [randomUUID(), randomUUID(), randomUUID()];

  beforeAll(async () => {
    api = await startOwnApi();
    manager = await signedInPerson(api);
    await managedStructure(api, FIRST, { primary: manager.account, secondaries: [from], users: [to, third] });
    await managedStructure(api, SECOND, { primary: randomUUID(), secondaries: [manager.account], users: [from] });
    await managedStructure(api, UNMANAGED, { primary: randomUUID(), users: [manager.account, from, to] });
    await managedStructure(api, FOREIGN, { primary: randomUUID(), users: [from, to] });
    await api.project();
    const path = `/api/structures/${FIRST}`;
    await done('PUT', `${path}/services/COMPTA`, { name: 'Comptabilité' });
    await done('PUT', `${path}/spaces/WORKS_INVOICES`);
    await done('PUT', `${path}/spaces/JUSTICE_FEES?service=COMPTA`);
    await done('PUT', `/api/structures/${SECOND}/spaces/WORKS_INVOICES`);
  });

  afterAll(() => api.close());

  async function done(method: string, path: string, body?: object): Promise<void> {
    expect((await ask(api, manager.token, method, path, body)).status).toBe(204);
  }

  async function bulk(path: string, body: object): Promise<Line[]> {
    const answer = await ask(api, manager.token, 'POST', path, body);
    expect(answer.status).toBe(200);
    return answer.body.lines as Line[];
  }

  async function logEnd(): Promise<string | undefined> {
    const { rows } = await api.store.pool.query<{ end: string }>('SELECT max(position) AS end FROM es.events');
    return rows[0]?.end;
  }

  const summary = (lines: readonly Line[]): string[] =>
    lines.map(({ structure, account, space, service, outcome, code }) =>
      [structure, account, space ?? '-', service ?? '-', outcome, code ?? ''].join(' ').trim(),
    );
  const rightsOf = async (structure: string, account: string): Promise<Record<string, unknown>> =>
    (await ask(api, manager.token, 'GET', `/api/structures/${structure}/members/${account}/rights`)).body;

  it('R10 gives subscriptions over structures and people, and says line by line what was refused', async () => {
    const lines = await bulk('/api/rights/bulk', {
      operation: 'add',
      right: 'modification',
      structures: [FIRST, SECOND, UNMANAGED, FOREIGN, 'INCONNUE'],
      accounts: [from, ABSENT],
      spaces: [{ space: 'WORKS_INVOICES' }],
    });
    const line = (structure: string, account: string, outcome: string): string =>
      `${structure} ${account} WORKS_INVOICES - ${outcome}`;
    expect(summary(lines)).toEqual([
      line(FIRST, from, 'done'),
      line(FIRST, ABSENT, 'refused ABO-003'),
      line(SECOND, from, 'done'),
      line(SECOND, ABSENT, 'refused ABO-003'),
      line(UNMANAGED, from, 'refused AUTH-003'),
      line(UNMANAGED, ABSENT, 'refused AUTH-003'),
      line(FOREIGN, from, 'refused STR-404'),
      line(FOREIGN, ABSENT, 'refused STR-404'),
      line('INCONNUE', from, 'refused STR-404'),
      line('INCONNUE', ABSENT, 'refused STR-404'),
    ]);
    for (const { outcome, text } of lines) if (outcome === 'refused') expect(text).toMatch(/\.$/);
    expect(await rightsOf(FIRST, from)).toMatchObject({
      subscriptions: [{ space: 'WORKS_INVOICES', service: null, right: 'modification', status: 'active' }],
    });
    expect((await api.store.streamVersions([membershipStream({ structure: FOREIGN, account: from })])).size).toBe(1);
  });

  it('R10 run again it is done and records nothing', async () => {
    const body = { operation: 'add', right: 'modification', structures: [FIRST], accounts: [from] };
    const stream = membershipStream({ structure: FIRST, account: from });
    const version = (await api.store.streamVersions([stream])).get(stream);
    const lines = await bulk('/api/rights/bulk', { ...body, spaces: [{ space: 'WORKS_INVOICES' }] });
    expect(lines.map(({ outcome }) => outcome)).toEqual(['done']);
    expect((await api.store.streamVersions([stream])).get(stream)).toBe(version);
  });

  it('R10 duplicates services and subscriptions over what the caller manages, services first, and no role', async () => {
    await done('PUT', `/api/structures/${FIRST}/services/COMPTA/users/${from}`);
    await done('PUT', `/api/structures/${FIRST}/members/${from}/subscriptions/JUSTICE_FEES`, {
      service: 'COMPTA',
      right: 'consultation',
    });
    expect(await rightsOf(FIRST, from)).toMatchObject({ role: 'secondary' });
    const lines = await bulk('/api/rights/duplicate', { from, to });
    expect(summary(lines)).toEqual([
      `${FIRST} ${to} - COMPTA done`,
      `${FIRST} ${to} WORKS_INVOICES - done`,
      `${FIRST} ${to} JUSTICE_FEES COMPTA done`,
      `${SECOND} ${to} WORKS_INVOICES - refused ABO-003`,
    ]);
    expect(await rightsOf(FIRST, to)).toMatchObject({
      role: 'simple',
      services: ['COMPTA'],
      subscriptions: [
        { space: 'WORKS_INVOICES', service: null, right: 'modification' },
        { space: 'JUSTICE_FEES', service: 'COMPTA', right: 'consultation' },
      ],
    });
    expect(await rightsOf(FIRST, third)).toMatchObject({ subscriptions: [], services: [] });
  });

  it('R10 duplicates over the structures that are named, and says where there was nothing to give', async () => {
    const lines = await bulk('/api/rights/duplicate', { from: third, to, structures: [FIRST, UNMANAGED, FOREIGN] });
    expect(summary(lines)).toEqual([
      `${FIRST} ${to} - - refused HAB-002`,
      `${UNMANAGED} ${to} - - refused AUTH-003`,
      `${FOREIGN} ${to} - - refused STR-404`,
    ]);
  });

  it('R10 HAB-001 refuses to duplicate somebody’s rights onto themselves', async () => {
    const { status, body } = await ask(api, manager.token, 'POST', '/api/rights/duplicate', { from, to: from });
    expect([status, body.code]).toEqual([409, 'HAB-001']);
  });

  it('R10 ends subscriptions, also of somebody deactivated', async () => {
    await done('POST', `/api/structures/${FIRST}/members/${to}/deactivate`);
    const lines = await bulk('/api/rights/bulk', {
      operation: 'remove',
      structures: [FIRST],
      accounts: [from, to, third],
      spaces: [{ space: 'WORKS_INVOICES' }, { space: 'JUSTICE_FEES', service: 'COMPTA' }],
    });
    expect(lines.map(({ outcome }) => outcome)).toEqual(Array(6).fill('done'));
    for (const account of [from, to]) expect(await rightsOf(FIRST, account)).toMatchObject({ subscriptions: [] });
  });

  it('R10 HAB-003 refuses more than a thousand lines as a whole, and does none of them', async () => {
    const before = await logEnd();
    const accounts = Array.from({ length: 101 }, () => randomUUID());
    const spaces = ['A1', 'A2', 'A3', 'A4', 'A5'].flatMap((service) =>
      ['WORKS_INVOICES', 'JUSTICE_FEES'].map((space) => ({ space, service })),
    );
    const body = { operation: 'add', structures: [FIRST], accounts, spaces };
    const answer = await ask(api, manager.token, 'POST', '/api/rights/bulk', body);
    expect([answer.status, answer.body.code]).toEqual([409, 'HAB-003']);
    expect(await logEnd()).toBe(before);
  });

  it('R10 a failure of ours on one line is told there, and the others are done', async () => {
    const command = new ManageSubscriptionsInBulk(
      { kind: 'person', account: manager.account },
      { give: 'consultation' },
      [FIRST],
      // No request can bring this account: the database refuses a name with NUL in it.
      ['\0', third],
      [{ space: 'WORKS_INVOICES', service: null }],
    );
    const lines = await api.app.get(CommandBus).execute(command);
    expect(lines.map((line) => (line.outcome === 'done' ? 'done' : line.code))).toEqual(['SRV-001', 'done']);
  });

  it.each([
    ['no structure', { operation: 'add', structures: [], accounts: [from], spaces: [{ space: 'WORKS_INVOICES' }] }],
    ['an unknown space', { operation: 'add', structures: [FIRST], accounts: [from], spaces: [{ space: 'X' }] }],
    ['an account that is none', { operation: 'add', structures: [FIRST], accounts: ['x'], spaces: [] }],
    [
      'another operation',
      { operation: 'x', structures: [FIRST], accounts: [from], spaces: [{ space: 'JUSTICE_FEES' }] },
    ],
  ])('R10 refuses %s as not what the route expects', async (_, body) => {
    expect((await ask(api, manager.token, 'POST', '/api/rights/bulk', body)).status).toBe(400);
  });
});
