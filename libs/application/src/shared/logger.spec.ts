import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const compiled = pathToFileURL(
  path.resolve(import.meta.dirname, '../../../../dist/libs/application/src/shared/logger.js'),
).href;

/** Runs statements with a `logger` in a process of its own: the log goes to its standard error. */
function logged(statements: string, level = 'info') {
  const script = `import { createLogger } from ${JSON.stringify(compiled)};
    const logger = createLogger('essai', ${JSON.stringify(level)});
    ${statements}`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  expect(stdout).toBe(''); // standard output is for data
  return {
    text: stderr,
    lines: stderr
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

describe('createLogger', () => {
  it('R61 writes one JSON object a line, with the program, the process and an ISO instant', () => {
    const { lines } = logged(`logger.info({ flow: 'CPP001' }, 'flow\\ndeposited'); logger.warn('x');`);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({ program: 'essai', flow: 'CPP001', msg: 'flow\ndeposited', level: 30 });
    expect(lines[0]?.['time']).toMatch(/^\d{4}-\d{2}-\d{2}T.*Z$/);
    expect(lines[0]?.['pid']).toEqual(expect.any(Number));
  });

  it.each(['password', 'apiKey', 'privateKey', 'authorization', 'connectionString', 'secretKey'])(
    'R50 cuts %s out, wherever a careless line carries it',
    (name) => {
      const { text, lines } = logged(
        `logger.info({ ${name}: 'canari', settings: { ${name}: 'canari', url: 'gardée' } }, 'x');
         logger.child({ request: { ${name}: 'canari' } }).error('y');`,
      );
      expect(text).not.toContain('canari');
      expect(lines[0]).toMatchObject({ [name]: '[masqué]', settings: { [name]: '[masqué]', url: 'gardée' } });
      expect(lines[1]).toMatchObject({ request: { [name]: '[masqué]' } });
    },
  );

  it('R61 says nothing below its level', () => {
    expect(
      logged(`logger.debug('a'); logger.info('b'); logger.warn('c');`, 'warn').lines.map(({ msg }) => msg),
    ).toEqual(['c']);
    expect(logged(`logger.fatal('a');`, 'silent').lines).toEqual([]);
  });
});
