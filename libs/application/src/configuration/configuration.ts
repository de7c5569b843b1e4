import type { ObjectStoreSettings } from '#persistence';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const MEGABYTE = 1024 * 1024;

const wholeNumber = (fallback: number, minimum = 0) => z.coerce.number().int().min(minimum).default(fallback);

/**
 * Every setting of the programs, from the environment. Nothing else in the product reads the environment. A secret may
 * be given as a file with the suffix `_FILE` (`API_ADMIN_KEY_FILE`).
 */
const schema = z.object({
  /** PostgreSQL that holds the event store, the read models and, without Redis, the queue. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Redis for the queue; without it BullMQ works on PostgreSQL. */
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),

  /** Folder of the local object store; ignored when `S3_ENDPOINT` is set. */
  OBJECTS_FOLDER: z.string().min(1).default('./data/objects'),
  S3_ENDPOINT: z.url().optional(),
  S3_BUCKET: z.string().default('repons'),
  S3_REGION: z.string().default('us-east-1'),
  /** `endpoint/bucket/key` (true), or `bucket.endpoint/key`. */
  S3_PATH_STYLE: z.stringbool().default(true),
  S3_ACCESS_KEY: z.string().optional(),
  S3_SECRET_KEY: z.string().optional(),

  /** Scratch folder of the worker: unpacked flows while they are being judged. */
  WORK_FOLDER: z.string().min(1).default('./data/work'),

  /**
   * ClamAV's daemon, which sees every file before it is kept: `clamd://host:3310`, or `clamd:///run/clamav/clamd.sock`. Without it
   * files are taken unscanned; with it nothing is taken while it is away.
   */
  VIRUS_SCANNER: z.url({ protocol: /^clamd$/ }).optional(),
  /** Without a sign of life for so long the scanner is taken for away. */
  VIRUS_SCANNER_PATIENCE_MS: wholeNumber(60_000, 100),

  /** Where the API listens. */
  API_HOST: z.string().default('127.0.0.1'),
  API_PORT: wholeNumber(3000),
  /** Opens the operator's routes (structures, connections, everybody's rejects). Without it they are closed. */
  API_ADMIN_KEY: z.string().min(16).optional(),

  /** Proxies in front of the API, whose `X-Forwarded-For` is believed: addresses or networks, separated by commas. */
  TRUSTED_PROXIES: z.string().min(1).optional(),
  /** A session of a person that was not used for so long has ended. */
  SESSION_IDLE_MINUTES: wholeNumber(60, 1),
  /** A session of a person ends after so long, however much it is used. */
  SESSION_HOURS: wholeNumber(12, 1),
  /** Identity provider (OpenID Connect) by which people may sign in as well; all four, or none. */
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  /** Address of `/api/session/oidc/callback` as the provider knows it. */
  OIDC_REDIRECT_URL: z.url({ protocol: /^https?$/ }).optional(),

  /**
   * Secret from which the keys that protect personal data are made. Keep it apart from the backups of the database; whoever
   * loses it loses every name, address and bank detail of the log.
   */
  PERSONAL_DATA_KEY: z.string().min(32),

  /** The partners' boxes: `sftp://operator@host:port/folder`; without it nothing is picked up. */
  SFTP_URL: z.url({ protocol: /^sftp$/ }).optional(),
  SFTP_PASSWORD: z.string().optional(),
  SFTP_PRIVATE_KEY: z.string().optional(),
  /** Fingerprint of the server's host key, `SHA256:…`; several, separated by commas, while a key is being changed. */
  SFTP_HOST_KEY: z.string().optional(),
  PICKUP_INTERVAL_MS: wholeNumber(1_000, 50),
  /** How often partners are told in their boxes what became of their invoices (FEN1200A, R48); 0: never. */
  STATUS_DELIVERY_INTERVAL_MS: wholeNumber(60_000),

  /**
   * Server that takes the mails: `smtp://user:password@host:587`, or `smtps://` for TLS from the first byte. Without it mails
   * wait in the outbox.
   */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  /** Folder in which mails are written as text files when there is no server: for a laptop and for CI. */
  MAIL_FOLDER: z.string().min(1).optional(),
  /** Address that mails come from; whoever answers writes there. */
  MAIL_FROM: z.email().optional(),
  /** Where people open the portal: what links in mails begin with. */
  PORTAL_URL: z.url({ protocol: /^https?$/ }).optional(),

  /**
   * Which statuses a recipient may set after which: by the strict table of transitions, or in any order as Chorus Pro has
   * always let them (R25).
   */
  INVOICE_LIFECYCLE: z.enum(['strict', 'historic']).default('strict'),
  /** Days that a validator has for the invoice of a subcontractor or co-contractor before it goes on without (R27). */
  VALIDATION_DAYS: wholeNumber(15, 1),

  /** Lets webhooks go to private addresses, and without TLS: for networks that are the operator's own (R48). */
  WEBHOOK_PRIVATE_ADDRESSES: z.stringbool().default(false),

  /** Largest flow taken, in bytes (R24, R41). */
  FLOW_MAX_BYTES: wholeNumber(1024 * MEGABYTE, 1),
  /** Folder of XSD schemas (`ubl-2.1`, `cii-d16b`, `cii-d22b`); without it the built-in rules judge the structure. */
  REPONS_XSD_FOLDER: z.string().min(1).optional(),
  /** Invoices judged and recorded together. */
  BATCH_SIZE: wholeNumber(500, 1),
  /** Threads that split and judge. */
  JUDGE_THREADS: wholeNumber(2, 1),
  /** Flows worked on at the same time by one worker. */
  FLOW_CONCURRENCY: wholeNumber(2, 1),
  /** How often the reconciler looks for work that has no live job. */
  RECONCILE_INTERVAL_MS: wholeNumber(5_000, 50),
  /** BullMQ's lock on a job, after which a worker is taken for dead. */
  QUEUE_LOCK_MS: wholeNumber(30_000, 500),

  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** Named crash point at which the process kills itself (tests of recovery only), see `crash-point.ts`. */
  CRASH_AT: z.string().optional(),
});

export type Configuration = Readonly<z.infer<typeof schema>>;

/** The settings do not fit; the message names every one that is wrong, without its value. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/**
 * Reads and checks the settings.
 *
 * @throws ConfigurationError naming all that is wrong at once
 */
export function readConfiguration(environment: NodeJS.ProcessEnv = process.env): Configuration {
  const values: Record<string, string> = {};
  const faults: string[] = [];
  for (const name of Object.keys(schema.shape)) {
    const file = environment[`${name}_FILE`];
    try {
      const value = environment[name] ?? (file === undefined ? undefined : readFileSync(file, 'utf8').trim());
      if (value !== undefined && value !== '') values[name] = value;
    } catch (error) {
      faults.push(`${name}_FILE: ${(error as NodeJS.ErrnoException).code ?? 'unreadable'}`);
    }
  }
  const parsed = schema.safeParse(values);
  if (parsed.success && faults.length === 0) return parsed.data;
  faults.push(...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  throw new ConfigurationError(`Configuration refusée : ${faults.join(' ; ')}`);
}

/**
 * Where objects are kept: the S3 bucket when an endpoint is set, else the local folder.
 *
 * @throws ConfigurationError when an endpoint is set without its keys
 */
export function objectStoreSettings(configuration: Configuration): ObjectStoreSettings {
  const { S3_ENDPOINT: endpoint, S3_ACCESS_KEY: accessKey, S3_SECRET_KEY: secretKey } = configuration;
  if (endpoint === undefined) return { kind: 'local', folder: configuration.OBJECTS_FOLDER };
  if (accessKey === undefined || secretKey === undefined)
    throw new ConfigurationError('Configuration refusée : S3_ENDPOINT demande S3_ACCESS_KEY et S3_SECRET_KEY.');
  return {
    kind: 's3',
    endpoint,
    accessKey,
    secretKey,
    bucket: configuration.S3_BUCKET,
    region: configuration.S3_REGION,
    pathStyle: configuration.S3_PATH_STYLE,
    spoolFolder: configuration.WORK_FOLDER,
  };
}

/** How mails leave the platform: to a server, or into a folder where people look at them. */
export interface MailSettings {
  readonly way: { readonly kind: 'smtp'; readonly url: string } | { readonly kind: 'folder'; readonly path: string };
  readonly from: string;
  readonly portalUrl: string;
}

/**
 * How mails are sent; null when neither a server nor a folder is set, and mails wait in the outbox.
 *
 * @throws ConfigurationError when one is set without what every mail needs
 */
export function mailSettings({ SMTP_URL, MAIL_FOLDER, MAIL_FROM, PORTAL_URL }: Configuration): MailSettings | null {
  if (SMTP_URL === undefined && MAIL_FOLDER === undefined) return null;
  if (MAIL_FROM === undefined || PORTAL_URL === undefined)
    throw new ConfigurationError('Configuration refusée : SMTP_URL et MAIL_FOLDER demandent MAIL_FROM et PORTAL_URL.');
  const common = { from: MAIL_FROM, portalUrl: PORTAL_URL };
  if (SMTP_URL !== undefined) return { ...common, way: { kind: 'smtp', url: SMTP_URL } };
  return { ...common, way: { kind: 'folder', path: MAIL_FOLDER ?? '' } };
}
