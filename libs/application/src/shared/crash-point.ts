/**
 * Named places where a crash hurts most. Tests arm one by the setting `CRASH_AT` (`name` or `name#3` for the third
 * pass) and the process kills itself there as `kill -9` would; elsewhere this costs a comparison.
 */
export const CRASH_POINTS = [
  'deposit-bytes-stored',
  'deposit-recorded',
  'pick-up-claimed',
  'pick-up-deposited',
  'flow-started',
  'flow-split',
  'batch-judged',
  'batch-recorded',
  'flow-completed',
  'report-uploaded',
  'day-closed',
  'reject-file-stored',
] as const;

export type CrashPoint = (typeof CRASH_POINTS)[number];

let armed: { name: string; passes: number } | null = null;

/** Arms one crash point for this process; null or undefined disarms. Throws on a name or a pass that there is not. */
export function armCrashPoint(setting: string | null | undefined): void {
  if (!setting) {
    armed = null;
    return;
  }
  const [name = '', passes = '1'] = setting.split('#');
  if (!(CRASH_POINTS as readonly string[]).includes(name)) throw new Error(`Unknown crash point: ${name}`);
  if (!/^[1-9]\d{0,8}$/.test(passes)) throw new Error(`Not a pass of a crash point: ${setting}`);
  armed = { name, passes: Number(passes) };
}

/** Dies here when a test asked for it. */
export function crashPoint(name: CrashPoint): void {
  if (armed?.name !== name) return;
  armed.passes -= 1;
  if (armed.passes > 0) return;
  process.stderr.write(`{"msg":"crash point","name":"${name}"}\n`);
  process.kill(process.pid, 'SIGKILL');
}
