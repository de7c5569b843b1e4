import { InvoiceWorld, SUPPLIER, TOWN } from '../../../../test/support/invoice-world.js';

describe('the lists of invoices, by HTTP', () => {
  let world: InvoiceWorld;

  beforeAll(async () => {
    world = await InvoiceWorld.start();
  });

  afterAll(() => world.close());

  it('R25 lists by status, words and days, in pages that hold each invoice once', async () => {
    const ids = [];
    for (let index = 0; index < 5; index += 1)
      ids.push(
        await world.invoice({ number: `LISTE-${index}`, issuer: { identifier: SUPPLIER, name: 'Menuiserie Zéphyr' } }),
      );
    await world.call('buyer', 'POST', `/${ids[0]}/status`, { status: 'MANDATEE' });
    await world.api.project();
    const found: string[] = [];
    let after = '';
    do {
      const { body } = await world.call('buyer', 'GET', `?search=z%C3%A9phyr&limit=2${after}`);
      found.push(...(body['items'] as { number: string }[]).map(({ number }) => number));
      expect(body['total']).toBe(5);
      after = body['next'] === null ? '' : `&after=${body['next'] as string}`;
    } while (after !== '');
    expect([...found].sort()).toEqual(['LISTE-0', 'LISTE-1', 'LISTE-2', 'LISTE-3', 'LISTE-4']);
    expect(await world.numbers('buyer', '?search=z%C3%A9phyr&status=MANDATEE')).toEqual(['LISTE-0']);
    expect(await world.numbers('buyer', '?search=LISTE-3')).toEqual(['LISTE-3']);
    expect(await world.numbers('buyer', '?search=%20')).toHaveLength(5);
    expect(
      await world.numbers('supplier', '?list=issued&search=z%C3%A9phyr&from=2026-11-21&to=2026-11-21'),
    ).toHaveLength(5);
    expect(await world.numbers('supplier', '?list=issued&search=z%C3%A9phyr&from=2026-11-22')).toEqual([]);
  });

  it('R25 finds words among the invoices in reach alone: of a structure, of a service, of all for an operator', async () => {
    const issuer = { identifier: SUPPLIER, name: 'Tuilerie Opale' };
    const recipient = { identifier: TOWN, name: 'Ville de Paris' };
    await world.invoice({ number: 'MOTS-1', issuer, serviceCode: null, depositedAt: '2026-11-01T09:00:00.000Z' });
    await world.invoice({
      number: 'MOTS-2',
      issuer,
      depositedAt: '2026-11-02T09:00:00.000Z',
      serviceCode: 'COMPTA',
    });
    await world.invoice({ number: 'MOTS-3', issuer, recipient, depositedAt: '2026-11-03T09:00:00.000Z' });
    const found = (who: string, query = '') => world.numbers(who, `?search=opale&order=asc${query}`);
    expect(await found('buyer')).toEqual(['MOTS-1', 'MOTS-2']);
    expect(await found('accounts')).toEqual(['MOTS-2']);
    expect(await found('town')).toEqual(['MOTS-3']);
    expect(await found('supplier')).toEqual([]);
    expect(await found('supplier', '&list=issued')).toEqual(['MOTS-1', 'MOTS-2', 'MOTS-3']);
    expect(await found('holder', '&list=to-validate')).toEqual([]);
    expect(await found(world.api.keys.operator)).toEqual(['MOTS-1', 'MOTS-2', 'MOTS-3']);
    expect(await found(world.api.keys.operator, `&structure=${TOWN}`)).toEqual(['MOTS-3']);
    // The parties stand in the same index as the words, and are no words.
    expect(await world.numbers(world.api.keys.operator, `?search=${encodeURIComponent(`recipient ${TOWN}`)}`)).toEqual(
      [],
    );
    expect(await world.numbers(world.api.keys.operator, `?search=${encodeURIComponent("' | opale")}`)).toHaveLength(3);
  });

  it('R25 says how many words find on every page, one behind the last invoice too', async () => {
    const issuer = { identifier: SUPPLIER, name: 'Faïencerie Topaze' };
    for (const rank of [1, 2]) await world.invoice({ number: `TOTAL-${rank}`, issuer });
    const page = async (after: unknown) => {
      const next = after === null ? '' : `&after=${encodeURIComponent(after as string)}`;
      return (await world.call('buyer', 'GET', `?search=topaze&limit=1${next}`)).body;
    };
    const first = await page(null);
    const second = await page(first['next']);
    const behind = await page(second['next']);
    expect([first, second, behind].map((body) => [(body['items'] as unknown[]).length, body['total']])).toEqual([
      [1, 2],
      [1, 2],
      [0, 2],
    ]);
    expect(behind['next']).toBeNull();
  });

  it('R25 sorts by every key, either way, in pages that hold each invoice once', async () => {
    const issuer = { identifier: SUPPLIER, name: 'Serrurerie Ondine' };
    const facts = [
      { number: 'TRI-3', totalWithVat: '20.00', dueDate: '2026-12-01', depositedAt: '2026-11-03T09:00:00.000Z' },
      { number: 'TRI-1', totalWithVat: '100.00', dueDate: null, depositedAt: '2026-11-02T09:00:00.000Z' },
      { number: 'TRI-4', totalWithVat: null, dueDate: '2026-11-30', depositedAt: '2026-11-04T09:00:00.000Z' },
      { number: 'TRI-2', totalWithVat: '-5.00', dueDate: '2027-01-01', depositedAt: '2026-11-01T09:00:00.000Z' },
    ];
    for (const one of facts) await world.invoice({ ...one, issuer });
    await world.api.project();
    const sorted = async (sort: string, order: string): Promise<string[]> => {
      const found: string[] = [];
      for (let after: string | null = ''; after !== null;) {
        const next: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`;
        const query = `?search=ondine&limit=1&sort=${sort}&order=${order}${next}`;
        const { body }: { body: Record<string, unknown> } = await world.call('buyer', 'GET', query);
        found.push(...(body['items'] as { number: string }[]).map(({ number }) => number));
        after = body['next'] as string | null;
      }
      return found;
    };
    const ascending = {
      deposited: ['TRI-2', 'TRI-1', 'TRI-3', 'TRI-4'],
      amount: ['TRI-2', 'TRI-4', 'TRI-3', 'TRI-1'],
      due: ['TRI-1', 'TRI-4', 'TRI-3', 'TRI-2'],
      number: ['TRI-1', 'TRI-2', 'TRI-3', 'TRI-4'],
    };
    for (const [sort, order] of Object.entries(ascending)) {
      expect([sort, await sorted(sort, 'asc')]).toEqual([sort, order]);
      expect([sort, await sorted(sort, 'desc')]).toEqual([sort, [...order].reverse()]);
    }
    const { body } = await world.call('buyer', 'GET', '?search=ondine&limit=1&sort=amount');
    expect((await world.call('buyer', 'GET', `?sort=due&after=${body['next'] as string}`)).status).toBe(400);
  });

  it('R25 narrows a list by parties, dates, amounts, commitment, frame and type', async () => {
    const issuer = { identifier: SUPPLIER, name: 'Verrerie Basalte' };
    await world.invoice({
      number: 'FILTRE-1',
      issuer,
      commitmentNumber: 'EJ-77',
      totalWithVat: '50.00',
      dueDate: '2026-12-05',
    });
    await world.invoice({ number: 'FILTRE-2', issuer, billingFrame: 'A2', typeCode: '381', issueDate: '2026-10-01' });
    await world.api.project();
    const narrowed = (query: string) => world.numbers('buyer', `?search=basalte&sort=number&order=asc&${query}`);
    expect(await narrowed('commitment=EJ-77')).toEqual(['FILTRE-1']);
    expect(await narrowed('amountFrom=49.99&amountTo=50.00')).toEqual(['FILTRE-1']);
    expect(await narrowed('amountFrom=50.01')).toEqual(['FILTRE-2']);
    expect(await narrowed('dueFrom=2026-12-05&dueTo=2026-12-05')).toEqual(['FILTRE-1']);
    expect(await narrowed('frame=A2&type=381')).toEqual(['FILTRE-2']);
    expect(await narrowed('issuedTo=2026-10-31')).toEqual(['FILTRE-2']);
    expect(await narrowed('issuedFrom=2026-10-02')).toEqual(['FILTRE-1']);
    expect(await narrowed(`issuer=${SUPPLIER}`)).toEqual(['FILTRE-1', 'FILTRE-2']);
    expect(await narrowed('recipient=39860733300059')).toEqual([]);
  });

  it.each([
    '?list=toutes',
    '?status=PAYEE',
    '?after=x',
    '?limit=mille',
    '?from=hier',
    '?from=2026-02-30',
    '?search=%00',
    '?sort=couleur',
    '?dueTo=2026-13-01',
    '?amountFrom=beaucoup',
  ])('R25 refuses the list %s', async (query) => expect((await world.call('buyer', 'GET', query)).status).toBe(400));
});
