import { setTimeout as pause } from 'node:timers/promises';
import { colours } from './cli/colours.js';
import { startPlatform, type Platform } from './platform/platform.js';
import type { RunningProgram } from './platform/program.js';
import { openSandbox, type Sandbox } from './platform/sandbox.js';

/**
 * `npm start`: everything on the embedded default, with persistent data under `./data` (`REPONS_DATA`), until Ctrl-C.
 * With `DATABASE_URL` or `REDIS_URL` set, those servers are used.
 */
async function main(): Promise<void> {
  const { REPONS_DATA = './data', DATABASE_URL, REDIS_URL, API_PORT = '3000', SFTP_PORT = '2222' } = process.env;
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const platform = await startPlatform({
    dataFolder: REPONS_DATA,
    apiPort: Number(API_PORT),
    sftpPort: Number(SFTP_PORT),
    ...(DATABASE_URL === undefined ? {} : { databaseUrl: DATABASE_URL }),
    ...(REDIS_URL === undefined ? {} : { redisUrl: REDIS_URL }),
    ...(process.env['SFTP_URL'] === undefined ? {} : { externalSftp: settingsStartingWith('SFTP_') }),
    settings: {
      ...settingsStartingWith('S3_'),
      ...settingsStartingWith('SMTP_'),
      ...settingsStartingWith('MAIL_'),
      ...settingsStartingWith('PORTAL_'),
    },
    log: (line) => say(colours.dim(line)),
  });
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    say('\nArrêt…');
    await platform.stop();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
  const sandbox = await openSandbox(platform);
  say(welcome(platform, sandbox));
  await keepRunning(platform, () => stopping, say);
}

/** A worker that ends by itself is started again; an API that ends takes the rest down, so that whoever watches sees it. */
async function keepRunning(platform: Platform, isStopping: () => boolean, say: (line: string) => void): Promise<void> {
  const watch = async (worker: RunningProgram): Promise<void> => {
    await worker.ended;
    if (isStopping()) return;
    say(colours.yellow('Le traitement des flux s’est arrêté : redémarrage (voir logs/ dans le dossier de données).'));
    await pause(1_000);
    if (!isStopping()) await watch(await platform.startWorker());
  };
  void platform.api.ended.then(async () => {
    if (isStopping()) return;
    say(colours.red('L’API s’est arrêtée (voir logs/api.log dans le dossier de données).'));
    process.exitCode = 1;
    await platform.stop();
  });
  await Promise.all(platform.workers.map(watch));
}

/** Settings of the environment that are handed on to the programs as they are. */
function settingsStartingWith(prefix: string): Record<string, string> {
  const settings = Object.entries(process.env).filter(
    ([name, value]) => name.startsWith(prefix) && value !== undefined,
  );
  return Object.fromEntries(settings) as Record<string, string>;
}

/** Where mails go, for whoever starts the platform. */
function mails({ folder }: Platform): string {
  const url = process.env['SMTP_URL'];
  return url === undefined || url === '' ? `${folder.mails}  (un serveur : SMTP_URL)` : `par ${new URL(url).host}`;
}

function welcome(platform: Platform, { settings }: Sandbox): string {
  const { url, sftp, folder } = platform;
  const { applicationCode, privateKeyFile } = settings.sandbox;
  const bySftp =
    sftp === null
      ? []
      : [
          'ou avec le client sftp ordinaire :',
          `  sftp -P ${sftp.port} -i ${privateKeyFile} ${applicationCode}@${sftp.host}`,
          `  sftp> put FICHIER in/FSO1150A_${applicationCode}_${applicationCode}1150000000000000001`,
        ];
  return [
    '',
    colours.bold('Répons est démarré.'),
    `  API            ${url}/api/docs`,
    ...(sftp === null
      ? []
      : [`  SFTP           ${sftp.host}:${sftp.port}  (clé de l’hôte ${sftp.hostKeyFingerprint})`]),
    `  données        ${folder.root}`,
    `  courriels      ${mails(platform)}`,
    '',
    'Déposer un premier flux, depuis un autre terminal :',
    `  bin/repons deposit --watch FICHIER`,
    ...bySftp,
    'Puis :  bin/repons rejects   ·   bin/repons events verify',
    'Ctrl-C pour arrêter.',
  ].join('\n');
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
