import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { indexContainer } from '../../container/index-container.js';
import { readIndex } from '../../container/read-index.js';
import { openInvoice } from '../../invoice/open-invoice.js';
import type { Invoice } from '../../model/invoice.js';
import { conformanceOf } from '../../invoice/conformance.js';
import { en16931Cii } from '../en16931/cii/index.js';
import { afnor202511 } from './afnor/afnor-rule-set.js';
import { extendedCtcFr, facturXExtended } from './extended/extended-rule-sets.js';
import { chorusHistoric } from './historic/historic-rule-set.js';
import { reponsStrict } from './strict/strict-rule-set.js';

const data = fileURLToPath(new URL('../../../../../../shared/data', import.meta.url));
const facts = { controlDate: '2026-09-30' };

async function modelsOf(source: string): Promise<Invoice[]> {
  const workFolder = await mkdtemp(join(tmpdir(), 'france-'));
  try {
    const { contentPath, indexPath } = await indexContainer({ source, workFolder });
    const content = await readFile(contentPath);
    const models: Invoice[] = [];
    for await (const batch of readIndex(indexPath)) {
      for (const entry of batch) {
        const opened = await openInvoice(content.subarray(entry.offset, entry.offset + entry.length), entry);
        if (opened.status !== 'read') throw new Error(`${source} was not read`);
        models.push(opened.model);
      }
    }
    return models;
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

function filesOf(folder: string): string[] {
  const path = join(data, folder);
  return existsSync(path) ? readdirSync(path).map((file) => join(folder, file)) : [];
}

const historic = [...filesOf('chorus-pro/FSO1116A'), ...filesOf('chorus-pro/FSO1117A')];
const reform = filesOf('afnor');

describe('R43 Official samples of the French formats', () => {
  it('are there exactly when the folder of samples is', () => {
    expect(historic.length + reform.length > 0).toBe(existsSync(data));
  });

  for (const file of historic) {
    it(`${file} breaks no rule of the portal’s own formats that keeps it out`, async () => {
      const models = await modelsOf(join(data, file));
      expect(models.length).toBeGreaterThan(0);
      for (const model of models) {
        const fatal = chorusHistoric.judge(model, facts).filter(({ severity }) => severity === 'fatal');
        expect(fatal).toEqual([]);
      }
    });
  }

  for (const file of reform) {
    it(`${file} breaks no rule of the reform`, async () => {
      for (const model of await modelsOf(join(data, file))) {
        const violations = afnor202511.judge(model, facts);
        expect(violations.filter(({ severity }) => severity === 'fatal')).toEqual([]);
      }
    });
  }

  for (const file of reform) {
    it(`${file} has the sums of an extension right, in either edition`, async () => {
      for (const model of await modelsOf(join(data, file))) {
        for (const set of [extendedCtcFr, facturXExtended]) expect(set.judge(model, facts)).toEqual([]);
      }
    });
  }

  for (const file of [...historic, ...reform]) {
    it(`${file} is not refused by the rules of our own`, async () => {
      for (const model of await modelsOf(join(data, file))) {
        const severities = reponsStrict.judge(model, facts).map(({ severity }) => severity);
        expect(severities).not.toContain('fatal');
      }
    });
  }

  for (const file of historic) {
    it(`${file} would be refused by EN 16931, which is why the historic interfaces do without it`, async () => {
      for (const model of await modelsOf(join(data, file))) {
        const { violations } = en16931Cii.judge(model.element);
        expect(violations.some(({ severity }) => severity === 'fatal')).toBe(true);
      }
    });
  }

  for (const file of reform) {
    it(`${file} keeps EN 16931 as far as it says that it does`, async () => {
      for (const model of await modelsOf(join(data, file))) {
        if (conformanceOf(model.specification?.value ?? null) !== 'EN 16931') continue;
        const { violations } = en16931Cii.judge(model.element);
        expect(violations.filter(({ severity }) => severity === 'fatal')).toEqual([]);
      }
    });
  }
});
