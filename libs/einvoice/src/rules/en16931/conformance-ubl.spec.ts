import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { detectEncoding, strictDecoder } from '../../xml/encoding.js';
import { readDocument } from '../../xml/read-document.js';
import type { RuleSetOutcome } from '../engine/rule-set.js';
import { en16931Ubl } from './ubl/index.js';

/** Official test cases: they stand beside the repository where the project is built, and are no part of it. */
const data = fileURLToPath(new URL('../../../../../../shared/data/en16931', import.meta.url));

/** For each rule that fires its severity and on how many contexts. */
type Fired = Readonly<Record<string, readonly [severity: string, contexts: number]>>;

interface Case {
  readonly case: string;
  readonly file: string;
  readonly syntax: string;
  readonly rule?: string;
  readonly expect?: 'error' | 'warning' | 'success';
  readonly count?: number | null;
  readonly oracle: { readonly status: string; readonly fired: Fired };
}

function judgeFile(file: string): RuleSetOutcome {
  const bytes = readFileSync(join(data, file));
  const encoding = detectEncoding(bytes);
  if (encoding === null) throw new Error(`No XML: ${file}`);
  const text = strictDecoder(encoding.name).decode(bytes.subarray(encoding.bomBytes));
  const { root, faults } = readDocument(text, null);
  if (root === null || faults.length > 0) throw new Error(`Not read: ${file}`);
  return en16931Ubl.judge(root);
}

function firedBy({ violations }: RuleSetOutcome): Fired {
  const fired: Record<string, [string, number]> = {};
  for (const { rule, severity } of violations) (fired[rule] ??= [severity, 0])[1]++;
  return fired;
}

function unreadable({ notComputable }: RuleSetOutcome): string[] {
  return notComputable.map(({ location }) => location);
}

function casesOf(list: string): Case[] {
  return readFileSync(join(data, list), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Case)
    .filter(({ syntax }) => syntax.startsWith('ubl'));
}

describe('R42 EN 16931 on UBL: agreement with the official stylesheet', () => {
  it('is tested where the official cases are', () => {
    expect(existsSync(join(data, 'mutants.jsonl'))).toBe(existsSync(data));
  });

  if (!existsSync(data)) return;
  const mutants = casesOf('mutants.jsonl');

  for (const { case: title, file, rule = '', expect: expected, count, oracle } of casesOf('unit-tests.jsonl')) {
    it(`${title}: the official expectation, and exactly the same rules`, () => {
      const outcome = judgeFile(file);
      const fired = firedBy(outcome);
      expect(fired[rule]?.[1]).toBe(expected === 'success' ? undefined : (count ?? 1));
      expect(fired).toEqual(oracle.fired);
      expect(unreadable(outcome)).toEqual([]);
    });
  }

  for (const { case: title, file, oracle } of mutants.filter((one) => one.oracle.status === 'ok')) {
    it(`${title}: exactly the same rules fire, as often`, () => {
      const outcome = judgeFile(file);
      expect(firedBy(outcome)).toEqual(oracle.fired);
      expect(unreadable(outcome)).toEqual([]);
    });
  }

  for (const { case: title, file } of mutants.filter((one) => one.oracle.status !== 'ok')) {
    it(`${title}: without an official verdict, the values that are in its way are found`, () => {
      expect(unreadable(judgeFile(file))).not.toEqual([]);
    });
  }

  for (const file of readdirSync(join(data, 'examples/ubl'))) {
    it(`example ${file} breaks no rule`, () => {
      const outcome = judgeFile(join('examples/ubl', file));
      expect(firedBy(outcome)).toEqual({});
      expect(unreadable(outcome)).toEqual([]);
    });
  }
});
