import { catalogue } from './catalogue.js';
import { searchCatalogue, type CatalogueFilter } from './search-catalogue.js';

const found = (filter: CatalogueFilter) => searchCatalogue(filter).flatMap(({ entries }) => entries);

describe('Searching the catalogue of rules (R43)', () => {
  it('gives all of it, in its order, when nothing is asked', () => {
    expect(found({})).toEqual(catalogue);
  });

  it('finds words in ids, terms and texts, whatever their case and accents', () => {
    expect(found({ text: 'br-co-10' }).map(({ rule }) => rule)).toEqual(['BR-CO-10']);
    expect(found({ text: 'ENGAGEMENT  juridique' })).toEqual(found({ text: 'juridique engagement' }));
    const dates = found({ text: "date d'emission" }).map(({ rule }) => rule);
    expect(dates).toEqual(expect.arrayContaining(['BR-03', 'ID-DATE-SHAPE']));
  });

  it('narrows by section, layer, severity and rules, all at once', () => {
    expect(found({ section: 'platform' }).map(({ layer }) => layer)).not.toContain('semantics');
    expect(new Set(found({ layer: 'file' }).map(({ layer }) => layer))).toEqual(new Set(['file']));
    expect(found({ section: 'flow', severity: 'warning' })).toEqual([]);
    const rules = new Set(['BR-02', 'FILE-EMPTY', 'NO-SUCH-RULE']);
    expect(found({ rules }).map(({ rule }) => rule)).toEqual(['FILE-EMPTY', 'BR-02']);
  });

  it('has no section without an entry', () => {
    expect(searchCatalogue({ text: 'zzz introuvable' })).toEqual([]);
    expect(searchCatalogue({ layer: 'file' }).map(({ name }) => name)).toEqual([
      'flow',
      'member',
      'supportingDocument',
    ]);
  });
});
