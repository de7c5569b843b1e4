import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { detectEncoding, strictDecoder } from '../../xml/encoding.js';
import { readDocument } from '../../xml/read-document.js';
import type { RuleSetOutcome } from '../engine/rule-set.js';
import { en16931Cii } from './cii/index.js';

/** Official test cases: they stand beside the repository where the project is built, and are no part of it. */
const data = fileURLToPath(new URL('../../../../../../shared/data/en16931', import.meta.url));

interface Case {
  readonly case: string;
  readonly file: string;
  readonly syntax: string;
  readonly rule?: string;
  readonly expect?: 'error' | 'success';
  readonly count?: number | null;
  readonly oracle: { readonly status: string; readonly valid: boolean | null; readonly fired: Fired };
}

/** For each rule that fires its severity and on how many contexts. */
type Fired = Readonly<Record<string, readonly [severity: string, contexts: number]>>;

function judgeFile(file: string): RuleSetOutcome {
  const bytes = readFileSync(join(data, file));
  const encoding = detectEncoding(bytes);
  if (encoding === null) throw new Error(`No XML: ${file}`);
  const decoder = strictDecoder(encoding.name);
  const { root, faults } = readDocument(decoder.decode(bytes.subarray(encoding.bomBytes)), null);
  if (root === null || faults.length > 0) throw new Error(`Not read: ${file}`);
  return en16931Cii.judge(root);
}

function firedBy({ violations }: RuleSetOutcome): Fired {
  const fired: Record<string, [string, number]> = {};
  for (const { rule, severity } of violations) (fired[rule] ??= [severity, 0])[1]++;
  return fired;
}

function casesOf(list: string): Case[] {
  const lines = readFileSync(join(data, list), 'utf8').split('\n');
  return lines
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Case)
    .filter(({ syntax }) => syntax === 'cii');
}

describe('R42 EN 16931 on CII: agreement with the official stylesheet', () => {
  it('is tested where the official cases are', () => {
    expect(existsSync(join(data, 'mutants.jsonl'))).toBe(existsSync(data));
  });

  if (!existsSync(data)) return;

  for (const one of casesOf('unit-tests.jsonl')) {
    it(`${one.case}: the official expectation, and the exact set`, () => {
      const fired = firedBy(judgeFile(one.file));
      const times = one.rule === undefined ? undefined : fired[one.rule]?.[1];
      expect(times).toBe(one.expect === 'error' ? (one.count ?? 1) : undefined);
      expect(fired).toEqual(one.oracle.fired);
    });
  }

  for (const one of casesOf('mutants.jsonl').filter(({ oracle }) => oracle.status === 'ok')) {
    it(`${one.case}: exactly the same rules fire, as often`, () => {
      const outcome = judgeFile(one.file);
      expect(outcome.notComputable.map(({ location }) => location)).toEqual([]);
      expect(firedBy(outcome)).toEqual(one.oracle.fired);
    });
  }

  for (const one of casesOf('mutants.jsonl').filter(({ oracle }) => oracle.status !== 'ok')) {
    it(`${one.case}: without an official verdict, never accepted`, () => {
      const { violations, notComputable } = judgeFile(one.file);
      expect(notComputable.length > 0 || violations.some(({ severity }) => severity === 'fatal')).toBe(true);
    });
  }

  for (const file of readdirSync(join(data, 'examples/cii'))) {
    it(`example ${file} breaks no rule`, () => {
      const outcome = judgeFile(join('examples/cii', file));
      expect(outcome.notComputable.map(({ location }) => location)).toEqual([]);
      expect(firedBy(outcome)).toEqual({});
    });
  }
});
