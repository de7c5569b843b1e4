import { jest } from '@jest/globals';

/**
 * In CI, a test that crosses processes is tried a second time when it fails, and its first failure is printed; `.ci/run`
 * names the tests that needed it, so that none is taken for sound. Nothing else is ever tried again, and nothing on a
 * developer's machine.
 */
const crossesProcesses = /[\\/]test[\\/](acceptance|faults|hostile)[\\/]/.test(expect.getState().testPath ?? '');
if (process.env['CI'] && crossesProcesses) jest.retryTimes(1, { logErrorsBeforeRetry: true });
