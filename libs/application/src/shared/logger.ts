import { pino, type Logger } from 'pino';

export type { Logger };

/**
 * JSON lines on standard error (standard output is for data). Secrets are cut out by name, wherever a careless line
 * might carry them.
 */
export function createLogger(program: string, level: string): Logger {
  const secrets = ['password', 'apiKey', 'privateKey', 'authorization', 'connectionString', 'secretKey'];
  return pino(
    {
      level,
      base: { program, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: secrets.flatMap((name) => [name, `*.${name}`]), censor: '[masqué]' },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
