import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { armCrashPoint, CRASH_POINTS, crashPoint } from './crash-point.js';

const compiled = pathToFileURL(
  path.resolve(import.meta.dirname, '../../../../dist/libs/application/src/shared/crash-point.js'),
).href;

/** Passes crash points in a process of its own. */
function pass(setting: string, ...names: readonly string[]) {
  const script = `import { armCrashPoint, crashPoint } from ${JSON.stringify(compiled)};
    armCrashPoint(${JSON.stringify(setting)});
    for (const name of ${JSON.stringify(names)}) { crashPoint(name); console.log(name); }`;
  const { stdout, stderr, signal } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  return { passed: stdout.split('\n').filter((line) => line !== ''), stderr, signal };
}

describe('crash points', () => {
  afterEach(() => armCrashPoint(null));

  it('R46 kill the process at the armed place, as kill -9 does, and say so', () => {
    const { passed, stderr, signal } = pass('flow-split', 'flow-started', 'flow-split', 'batch-judged');
    expect(passed).toEqual(['flow-started']);
    expect(signal).toBe('SIGKILL');
    expect(JSON.parse(stderr)).toEqual({ msg: 'crash point', name: 'flow-split' });
  });

  it('R46 kill at the pass that was asked for', () => {
    const passes = Array.from({ length: 5 }, () => 'batch-recorded');
    const { passed, signal } = pass('batch-recorded#3', ...passes);
    expect(passed).toHaveLength(2);
    expect(signal).toBe('SIGKILL');
  });

  it.each(['', 'day-closed'])('do nothing elsewhere (%j)', (setting) => {
    expect(pass(setting, 'flow-started', 'flow-split')).toEqual({
      passed: ['flow-started', 'flow-split'],
      stderr: '',
      signal: null,
    });
  });

  it.each(['flow-splitt', '#2', 'flow-split#', 'flow-split#0', 'flow-split#x'])(
    'a test that arms %j is told: it would prove nothing',
    (setting) => {
      expect(() => armCrashPoint(setting)).toThrow('crash point');
    },
  );

  it.each([null, undefined, ''])('are disarmed by %j', (setting) => {
    armCrashPoint('flow-split');
    armCrashPoint(setting);
    for (const name of CRASH_POINTS) expect(() => crashPoint(name)).not.toThrow();
  });
});
