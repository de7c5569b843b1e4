import { catalogue, catalogueSections, rulesBySet, type CatalogueEntry } from '#einvoice';
import { createHash } from 'node:crypto';
import { startOwnApi, type OwnApi } from '../../../../test/support/own-api.js';

describe('the catalogue of the API (R43)', () => {
  let api: OwnApi;

  beforeAll(async () => {
    api = await startOwnApi();
  });

  afterAll(() => api.close());

  const get = (path: string) => fetch(`${api.url}${path}`);
  async function list(query: string): Promise<(CatalogueEntry & { section: string })[]> {
    const response = await get(`/api/catalogue?${query}`);
    expect(response.status).toBe(200);
    const body = (await response.json()) as { items: (CatalogueEntry & { section: string })[]; total: number };
    expect(body.total).toBe(body.items.length);
    return body.items;
  }

  it('R43 gives every rule, in the order of the library, with its section', async () => {
    const items = await list('');
    expect(items.map(({ rule }) => rule)).toEqual(catalogue.map(({ rule }) => rule));
    expect(items.find(({ rule }) => rule === 'BR-CO-10')).toMatchObject({
      section: 'en16931',
      code: 'CALCUL_ERR',
      layer: 'semantics',
      severity: 'fatal',
      terms: ['BT-106', 'BT-131'],
      resendable: true,
    });
  });

  it('R43 narrows by layer, severity, section, text and rule set, together', async () => {
    expect(new Set((await list('layer=platform')).map(({ layer }) => layer))).toEqual(new Set(['platform']));
    expect(new Set((await list('severity=warning')).map(({ severity }) => severity))).toEqual(new Set(['warning']));
    expect((await list('section=ubl&text=scheme+profile')).map(({ rule }) => rule)).toEqual(['UBL-CR-649']);
    expect((await list('text=br-co-10&section=&layer=&severity=&ruleSet=')).map(({ rule }) => rule)).toEqual([
      'BR-CO-10',
    ]);
    expect(await list('text=introuvable+zzz')).toEqual([]);
    for (const [ruleSet, rules] of rulesBySet)
      expect((await list(`ruleSet=${ruleSet}`)).map(({ rule }) => rule).sort()).toEqual([...rules].sort());
  });

  it.each([
    ['layer=xml', 'layer'],
    ['severity=fatal&severity=warning', 'severity'],
    ['section=__proto__', 'section'],
    ['ruleSet=afnor', 'ruleSet'],
    ['text=a&text=b', 'text'],
    [`text=${'x'.repeat(201)}`, 'text'],
  ])('R61 refuses %s and says what the parameter may be', async (query, parameter) => {
    for (const path of ['/api/catalogue', '/catalogue']) {
      const response = await get(`${path}?${query}`);
      expect(response.status).toBe(400);
      expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      const { code, detail } = (await response.json()) as { code: string; detail: string };
      expect([code, detail]).toEqual(['CAT-400', expect.stringContaining(`« ${parameter} »`)]);
    }
  });

  it('R43 gives one rule by its id, and a problem for another', async () => {
    expect(await (await get('/api/catalogue/BR-FR-01')).json()).toMatchObject({ rule: 'BR-FR-01', layer: 'semantics' });
    const missing = await get('/api/catalogue/BR-99');
    expect([missing.status, await missing.json()]).toEqual([404, expect.objectContaining({ code: 'CAT-404' })]);
  });

  describe('as a page', () => {
    it('R43 shows every rule under an anchor of its id, in French, with the values named', async () => {
      const response = await get('/catalogue');
      const page = await response.text();
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      const anchors = [...page.matchAll(/<article id="([^"]+)">/g)].map((match) => match[1]);
      expect(anchors).toEqual(catalogue.map(({ rule }) => rule));
      expect(page).toContain(`>${catalogue.length} règles<`);
      for (const { title } of catalogueSections) expect(page).toContain(`<h2>${title}</h2>`);
      expect(page).toContain('<html lang="fr">');
      expect(page).toContain('trouvé : ‹valeur trouvée›, attendu : ‹valeur attendue›');
      expect(page).not.toMatch(/[{}]\w+\}|undefined|\[object/);
    });

    it('R43 shows what is asked, and keeps it in the form', async () => {
      const page = await (await get('/catalogue?text=BR-CO-10&section=en16931&ruleSet=en16931-1.3.16')).text();
      expect(page.match(/<article/g)).toHaveLength(1);
      expect(page).toContain('1 règle<');
      expect(page).toContain('value="BR-CO-10"');
      expect([...page.matchAll(/<option value="([^"]+)" selected/g)].map((match) => match[1])).toEqual([
        'en16931',
        'en16931-1.3.16',
      ]);
    });

    it('R61 lets nothing of a request run, and has nothing from elsewhere', async () => {
      const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)>'`;
      const response = await get(`/catalogue?text=${encodeURIComponent(hostile)}`);
      const page = await response.text();
      expect(page).toContain('value="&quot;&gt;&lt;script&gt;alert(1)');
      expect(page.replace(/ value="[^"]*"/, '')).not.toMatch(/<script|<img|<link|https?:|javascript:|\son\w+=|style="/);
      const style = /<style>([^]*?)<\/style>/.exec(page)?.[1] ?? '';
      const hash = createHash('sha256').update(style).digest('base64');
      expect(response.headers.get('content-security-policy')).toBe(
        `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      );
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    });
  });
});
