import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTemporaryFolder, type TemporaryFolder } from '../../../../test/support/temporary-folder.js';
import { ConfigurationError, mailSettings, objectStoreSettings, readConfiguration } from './configuration.js';

const DATABASE_URL = 'postgres://repons:motdepasse@127.0.0.1:5432/repons';
const PERSONAL_DATA_KEY = 'secret-des-donnees-personnelles-des-tests';

/** The settings without which nothing starts. */
const NEEDED = { DATABASE_URL, PERSONAL_DATA_KEY };

function faultsOf(environment: Record<string, string>): string {
  try {
    readConfiguration(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as Error).message;
  }
  throw new Error('the configuration was accepted');
}

describe('readConfiguration', () => {
  it('R62 needs nothing but a database and the secret of personal data; everything else has a value', () => {
    expect(readConfiguration(NEEDED)).toEqual({
      ...NEEDED,
      OBJECTS_FOLDER: './data/objects',
      S3_BUCKET: 'repons',
      S3_REGION: 'us-east-1',
      S3_PATH_STYLE: true,
      WORK_FOLDER: './data/work',
      API_HOST: '127.0.0.1',
      API_PORT: 3000,
      SESSION_IDLE_MINUTES: 60,
      SESSION_HOURS: 12,
      PICKUP_INTERVAL_MS: 1_000,
      STATUS_DELIVERY_INTERVAL_MS: 60_000,
      WEBHOOK_PRIVATE_ADDRESSES: false,
      INVOICE_LIFECYCLE: 'strict',
      VALIDATION_DAYS: 15,
      VIRUS_SCANNER_PATIENCE_MS: 60_000,
      FLOW_MAX_BYTES: 1_073_741_824,
      BATCH_SIZE: 500,
      JUDGE_THREADS: 2,
      FLOW_CONCURRENCY: 2,
      RECONCILE_INTERVAL_MS: 5_000,
      QUEUE_LOCK_MS: 30_000,
      LOG_LEVEL: 'info',
    });
  });

  it('R24 takes flows of 1 GB, to the byte, unless it is told otherwise', () => {
    expect(readConfiguration(NEEDED).FLOW_MAX_BYTES).toBe(1024 ** 3);
    expect(readConfiguration({ ...NEEDED, FLOW_MAX_BYTES: '1000' }).FLOW_MAX_BYTES).toBe(1_000);
  });

  it('R62 takes an empty setting for one that is not given, and ignores what is none of its own', () => {
    const configuration = readConfiguration({ ...NEEDED, REDIS_URL: '', API_PORT: '', PATH: '/bin', HOME: '/root' });
    expect(configuration).toEqual(readConfiguration(NEEDED));
  });

  it('R61 names every fault at once', () => {
    const message = faultsOf({
      DATABASE_URL: 'http://nowhere',
      REDIS_URL: 'localhost',
      API_PORT: 'beaucoup',
      API_ADMIN_KEY: 'courte',
      SFTP_URL: 'ftp://host/',
      BATCH_SIZE: '0',
      PICKUP_INTERVAL_MS: '1',
      S3_PATH_STYLE: 'peut-être',
      LOG_LEVEL: 'bavard',
    });
    for (const name of ['DATABASE_URL', 'REDIS_URL', 'API_PORT', 'API_ADMIN_KEY', 'SFTP_URL', 'BATCH_SIZE'])
      expect(message).toContain(`${name}: `);
    for (const name of ['PICKUP_INTERVAL_MS', 'S3_PATH_STYLE', 'LOG_LEVEL']) expect(message).toContain(`${name}: `);
  });

  it('R61 says that the database and the secret of personal data are missing', () => {
    expect(faultsOf({})).toContain('DATABASE_URL: ');
    expect(faultsOf({})).toContain('PERSONAL_DATA_KEY: ');
  });

  it('R61 tells no value of a setting that it refuses: it may be a secret', () => {
    const message = faultsOf({
      DATABASE_URL: 'mysql://u:canari-1@h/d',
      API_ADMIN_KEY: 'canari-2',
      SFTP_URL: 'canari-3',
    });
    expect(message).not.toContain('canari');
  });

  describe('with secrets in files', () => {
    let folder: TemporaryFolder;
    beforeEach(async () => (folder = await createTemporaryFolder('configuration')));
    afterEach(() => folder.remove());

    it('R62 reads a secret from the file that `_FILE` names, without its last line break', async () => {
      const file = path.join(folder.path, 'key');
      await writeFile(file, 'une-cle-assez-longue\n');
      expect(readConfiguration({ ...NEEDED, API_ADMIN_KEY_FILE: file }).API_ADMIN_KEY).toBe('une-cle-assez-longue');
    });

    it('R62 prefers the setting itself to the file', async () => {
      const file = path.join(folder.path, 'key');
      await writeFile(file, 'la-cle-du-fichier-est-là');
      const environment = { ...NEEDED, API_ADMIN_KEY: 'la-cle-elle-meme', API_ADMIN_KEY_FILE: file };
      expect(readConfiguration(environment).API_ADMIN_KEY).toBe('la-cle-elle-meme');
    });

    it('R61 stops, naming the setting, when the file cannot be read', () => {
      expect(faultsOf({ DATABASE_URL, API_ADMIN_KEY_FILE: path.join(folder.path, 'nothing') })).toContain(
        'API_ADMIN_KEY_FILE',
      );
    });
  });
});

describe('objectStoreSettings', () => {
  it('R62 keeps objects in a folder, or in a bucket when an endpoint is given', () => {
    const local = readConfiguration({ ...NEEDED, OBJECTS_FOLDER: '/objects' });
    expect(objectStoreSettings(local)).toEqual({ kind: 'local', folder: '/objects' });
    const keys = { S3_ACCESS_KEY: 'a', S3_SECRET_KEY: 's', S3_PATH_STYLE: 'false', WORK_FOLDER: '/w' };
    const bucket = readConfiguration({ ...NEEDED, S3_ENDPOINT: 'http://minio:9000', ...keys });
    expect(objectStoreSettings(bucket)).toEqual({
      kind: 's3',
      endpoint: 'http://minio:9000',
      accessKey: 'a',
      secretKey: 's',
      bucket: 'repons',
      region: 'us-east-1',
      pathStyle: false,
      spoolFolder: '/w',
    });
  });

  it.each([{}, { S3_ACCESS_KEY: 'a' }, { S3_SECRET_KEY: 'canari' }])(
    'R61 refuses an endpoint without its keys (%j)',
    (keys) => {
      const configuration = readConfiguration({ ...NEEDED, S3_ENDPOINT: 'http://minio:9000', ...keys });
      expect(() => objectStoreSettings(configuration)).toThrow(ConfigurationError);
      expect(() => objectStoreSettings(configuration)).not.toThrow('canari');
    },
  );
});

describe('mailSettings', () => {
  const mail = { SMTP_URL: 'smtp://u:canari@relais.exemple:587', MAIL_FROM: 'ne-pas-repondre@repons.exemple' };
  const PORTAL_URL = 'https://portail.exemple';

  it('R01 lets mails wait when no server is set', () => {
    expect(mailSettings(readConfiguration({ ...NEEDED, PORTAL_URL }))).toBeNull();
  });

  it('R01 knows the server, the sender and the portal', () => {
    expect(mailSettings(readConfiguration({ ...NEEDED, ...mail, PORTAL_URL }))).toEqual({
      way: { kind: 'smtp', url: mail.SMTP_URL },
      from: mail.MAIL_FROM,
      portalUrl: PORTAL_URL,
    });
  });

  it('R01 prefers the server to the folder, and takes the folder where there is no server', () => {
    const { MAIL_FROM } = mail;
    const folder = { ...NEEDED, MAIL_FROM, PORTAL_URL, MAIL_FOLDER: './mails' };
    expect(mailSettings(readConfiguration(folder))?.way).toEqual({ kind: 'folder', path: './mails' });
    expect(mailSettings(readConfiguration({ ...folder, ...mail }))?.way.kind).toBe('smtp');
  });

  it.each([{ PORTAL_URL }, { MAIL_FROM: mail.MAIL_FROM }])('R61 refuses a server without the rest (%j)', (rest) => {
    const configuration = readConfiguration({ ...NEEDED, SMTP_URL: mail.SMTP_URL, ...rest });
    expect(() => mailSettings(configuration)).toThrow(ConfigurationError);
    expect(() => mailSettings(configuration)).not.toThrow('canari');
  });

  it('R61 names settings of mails that are none, without their values', () => {
    const message = faultsOf({ ...NEEDED, SMTP_URL: 'http://canari', MAIL_FROM: 'canari', PORTAL_URL: 'canari' });
    for (const name of ['SMTP_URL', 'MAIL_FROM', 'PORTAL_URL']) expect(message).toContain(`${name}: `);
    expect(message).not.toContain('canari');
  });
});
