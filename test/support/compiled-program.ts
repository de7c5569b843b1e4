import type { ProgramToStart, RunningProgram } from '../../tools/platform/program.js';

/** Starts a program of the platform as it was compiled, beside those that the platform of the test has started. */
export async function startCompiledProgram(program: ProgramToStart): Promise<RunningProgram> {
  const compiled = '../../dist/tools/platform';
  const { startProgram } = (await import(`${compiled}/program.js`)) as typeof import('../../tools/platform/program.js');
  return startProgram(program);
}
