import { Exports } from '#application';
import { parse } from 'csv-parse/sync';
import request from 'supertest';
import { startOwnApi, type OwnApi } from '../../../../test/support/own-api.js';
import { signedInPerson, type SignedInPerson } from '../testing/people.js';

const OLD = '21330063500017';
const TOWN = '21330063500025';
const OTHER = '21750001600019';
const CROWD = 10_000;

/** Texts that a spreadsheet would take for formulas (OWASP, CSV injection). */
const FORMULAS = [
  '=1+1',
  '+1+1',
  '-1+1',
  '@SUM(1)',
  '\t=1+1',
  ' =1+1',
  '＝1+1',
  "'=1",
  '=HYPERLINK("http://x.example";"a")',
  '"=1+1',
  'a;=1+1',
  'a\r\n=1+1',
];

describe('exports of managers', () => {
  let api: OwnApi;
  let manager: SignedInPerson;
  let secondary: SignedInPerson;
  let simple: SignedInPerson;

  const sql = (text: string, values: unknown[] = []): Promise<unknown> => api.store.pool.query(text, values);

  beforeAll(async () => {
    api = await startOwnApi();
    manager = await signedInPerson(api, { firstName: 'Hélène', lastName: 'Marchadier' });
    secondary = await signedInPerson(api);
    simple = await signedInPerson(api);
    await api.project();
    await sql(
      `INSERT INTO read.structures (identifier, name, public_entity, active, category, address, primary_manager,
                                    requires_service_code, successor, living_structure)
       VALUES ($1, 'Ancienne', true, false, 'LOCAL_AUTHORITY', NULL, $4, true, $2, $2),
              ($2, 'Commune de Valombre', true, true, 'LOCAL_AUTHORITY', $5, $4, true, NULL, NULL),
              ($3, 'Ailleurs', true, true, 'STATE', NULL, 'nobody', false, NULL, NULL)`,
      [
        OLD,
        TOWN,
        OTHER,
        manager.account,
        { lines: ['1 place du Marché', 'BP 2'], postcode: '01990', city: 'Valombre', country: 'FR' },
      ],
    );
    await sql(
      `INSERT INTO read.memberships (structure, account, status, secondary_manager, attached_at)
       VALUES ($1, $2, 'attached', false, '2026-03-28T23:30:00Z'), ($1, $3, 'attached', true, NULL),
              ($1, $4, 'attached', false, NULL), ($1, 'asks', 'requested', false, NULL),
              ($5, $4, 'deactivated', true, NULL), ($5, 'nobody', 'attached', false, NULL)`,
      [TOWN, manager.account, secondary.account, simple.account, OTHER],
    );
    await sql(
      `INSERT INTO read.services (structure, code, name, active) VALUES ($1, 'COMPTA', 'Comptabilité', true), ($2, 'X', 'X', true)`,
      [TOWN, OTHER],
    );
    await sql(
      `INSERT INTO read.opened_spaces VALUES ($1, 'RECEIVED_INVOICES', NULL), ($1, 'RECEIVED_INVOICES', 'COMPTA')`,
      [TOWN],
    );
    await sql(
      `INSERT INTO read.subscriptions (structure, account, space, service, status, access_right, since)
       VALUES ($1, $2, 'RECEIVED_INVOICES', 'COMPTA', 'active', 'modification', now()),
              ($1, $2, 'ISSUED_INVOICES', NULL, 'active', 'consultation', now()),
              ($1, $2, 'WORKS_INVOICES', NULL, 'active', 'modification', now()),
              ($1, $2, 'CONNECTIONS', NULL, 'requested', 'modification', now())`,
      [TOWN, simple.account],
    );
    await sql(`INSERT INTO read.service_users VALUES ($1, 'COMPTA', $2)`, [TOWN, simple.account]);
  });
  afterAll(() => api.close());

  const ask = (what: string, token: string) =>
    request(api.url).get(`/api/exports/${what}`).set('authorization', `Bearer ${token}`).buffer(true);
  async function csvOf(what: string, token: string): Promise<Record<string, string>[]> {
    const { status, text } = await ask(what, token);
    expect(status).toBe(200);
    expect(text.startsWith('\u{feff}"')).toBe(true);
    return parse(text, { delimiter: ';', bom: true, columns: true, record_delimiter: '\r\n' });
  }
  async function jsonOf(what: string, token: string): Promise<Record<string, unknown>[]> {
    const answer = await ask(`${what}${what.includes('?') ? '&' : '?'}format=json`, token);
    return (answer.body as { items: Record<string, unknown>[] }).items;
  }

  it('R15 exports the users of the structures that a manager manages, and nobody else’s', async () => {
    const rows = await csvOf('users', manager.token);
    expect(rows).toHaveLength(3);
    expect(rows.every((row) => row['Structure'] === TOWN)).toBe(true);
    expect(rows.find((row) => row['Nom'] === 'Marchadier')).toMatchObject({
      'Nom de la structure': 'Commune de Valombre',
      Prénom: 'Hélène',
      'Adresse de connexion': manager.login,
      'État du compte': 'Actif',
      Notifications: 'oui',
      Rôle: 'Gestionnaire principal',
      'Date de rattachement': '29/03/2026',
    });
    expect(await csvOf('users', secondary.token)).toEqual(rows);
    const user = rows.find((row) => row['Adresse de connexion'] === simple.login);
    expect(user).toMatchObject({ Rôle: 'Utilisateur simple', Services: 'COMPTA' });
    // Neither the request nor the space that is not open counts.
    expect(user?.['Espaces']?.split(' | ')).toEqual([
      'Factures émises (consultation)',
      'Factures reçues [COMPTA] (modification)',
      'Sollicitations émises (modification)',
      'Sollicitations reçues (modification)',
    ]);
  });

  it('R15 filters as the lists do', async () => {
    expect(await csvOf('users?role=secondary', manager.token)).toHaveLength(1);
    expect(await csvOf('users?status=deactivated', manager.token)).toHaveLength(0);
    expect(await jsonOf('structures?active=false', manager.token)).toMatchObject([{ identifier: OLD }]);
    expect(await jsonOf('structures?search=valom', manager.token)).toMatchObject([
      { service: null },
      { service: 'COMPTA' },
    ]);
    expect(await jsonOf('structures?search=%25', manager.token)).toEqual([]);
    expect(await jsonOf('structures?role=primary', secondary.token)).toEqual([]);
    expect(await jsonOf('structures?role=secondary', secondary.token)).toHaveLength(3);
  });

  it('R15 exports structures, what replaced ones were, their services and subscriptions', async () => {
    const rows = await csvOf('structures', manager.token);
    expect(rows.map((row) => [row['Identifiant'], row['Code service']])).toEqual([
      [OLD, ''],
      [TOWN, ''],
      [TOWN, 'COMPTA'],
    ]);
    expect(rows[0]).toMatchObject({ État: 'Désactivée', 'Structure qui succède': TOWN });
    expect(rows[1]).toMatchObject({
      Catégorie: 'Collectivité locale',
      Adresse: '1 place du Marché | BP 2',
      'Code postal': '01990',
      'Code service exigé': 'oui',
      'Espaces ouverts': 'Factures reçues',
    });
    expect(rows[2]).toMatchObject({
      'Libellé du service': 'Comptabilité',
      'État du service': 'Active',
      Abonnements: 'Factures reçues (modification) : 1',
    });
    expect(await jsonOf('structures', manager.token)).toMatchObject([
      { identifier: OLD },
      { identifier: TOWN, address: { city: 'Valombre' }, requiresServiceCode: true },
      { service: 'COMPTA', subscriptions: [{ space: 'RECEIVED_INVOICES', right: 'modification', users: 1 }] },
    ]);
  });

  it('R15 R09 gives whoever manages nothing a file without rows, a machine nothing, an operator everything', async () => {
    for (const what of ['users', 'structures']) {
      expect(await csvOf(what, simple.token)).toEqual([]);
      expect(await jsonOf(what, simple.token)).toEqual([]);
      expect((await ask(what, simple.token)).text.split('\r\n')).toHaveLength(2);
      expect((await ask(what, api.keys.own)).status).toBe(403);
      expect(JSON.stringify(await jsonOf(what, api.keys.operator))).toContain(OTHER);
      expect((await ask(`${what}?format=xml`, manager.token)).status).toBe(400);
    }
    const { headers } = await ask('users', manager.token);
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'cache-control': 'private, no-store',
      'content-disposition': expect.stringMatching(
        /^attachment; filename="utilisateurs_\d{4}-\d\d-\d\d\.csv"$/,
      ) as string,
    });
  });

  it('R15 no cell can act as a formula, and JSON keeps the raw text', async () => {
    for (const [index, formula] of FORMULAS.entries())
      await sql(`INSERT INTO read.services (structure, code, name, active) VALUES ($1, $2, $3, true)`, [
        TOWN,
        `Z${index}`,
        formula,
      ]);
    const [rows, raw] = [await csvOf('structures', manager.token), await jsonOf('structures', manager.token)];
    await sql(`DELETE FROM read.services WHERE code LIKE 'Z%'`);
    const cells = rows.filter((row) => row['Code service']?.startsWith('Z'));
    expect(cells).toHaveLength(FORMULAS.length);
    for (const row of cells) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^\s*[=+\-@\t\r＝]/u);
    const names = new Map(raw.map(({ service, serviceName }) => [service, serviceName]));
    FORMULAS.forEach((formula, index) => {
      expect(names.get(`Z${index}`)).toBe(formula);
    });
  });

  it('R15 holds a page of rows at a time, however many users there are and however slowly it is read', async () => {
    const { pool } = api.store;
    await sql(
      `INSERT INTO read.memberships (structure, account, status) SELECT $1, 'crowd-' || n, 'attached' FROM generate_series(1, $2) n`,
      [OTHER, CROWD],
    );
    const pages: number[] = [];
    const query = async (text: string, values: unknown[]): Promise<unknown> => {
      const answer = await pool.query(text, values);
      pages.push(answer.rows.length);
      return answer;
    };
    const counted = new Exports({ query } as unknown as typeof pool);
    const everyone = { status: null, role: null };
    let lines = 0;
    for await (const bytes of await counted.users({ kind: 'operator' }, everyone, 'csv'))
      lines += bytes.toString('latin1').split('\r\n').length - 1;
    expect(lines).toBeGreaterThan(CROWD);
    expect(Math.max(...pages)).toBe(500);
    expect(pages.reduce((sum, rows) => sum + rows, 0)).toBe(lines - 1);
    pages.length = 0;
    for await (const bytes of await counted.users({ kind: 'operator' }, everyone, 'csv')) {
      expect(bytes.length).toBeGreaterThan(0);
      break;
    }
    expect(pages.length).toBeLessThan(8); // whoever stops reading stops the export
    expect(await jsonOf('users', api.keys.operator)).toHaveLength(lines - 1);
  });
});
