import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ApiClient, ApiProblem } from '../client/api-client.js';
import { generateSshKeyPair } from '../embedded/sftp-keys.js';
import { sampleDirectory, type SampleDirectory, type SampleRecipient } from '../samples/index.js';
import { readClientSettings, writeClientSettings, type ClientSettings } from './data-folder.js';
import type { Platform } from './platform.js';

/** Application code of the sandbox's connection. */
export const SANDBOX_CODE = 'DEMO01';

/** Seed of the sandbox's invented suppliers and recipients. */
export const SANDBOX_SEED = 'repons';

/** A platform with a small invented world in it, and a connection that may send to it. */
export interface Sandbox {
  readonly directory: SampleDirectory;
  readonly client: ApiClient;
  readonly operator: ApiClient;
  readonly settings: ClientSettings & Required<Pick<ClientSettings, 'apiKey' | 'sandbox'>>;
}

/**
 * Fills a new platform with the sandbox's directory and opens its connection, once; gives the same sandbox at every later
 * start. The keys stay in the data folder, readable by its owner alone.
 */
export async function openSandbox(platform: Platform): Promise<Sandbox> {
  const { folder, url, adminKey, databaseUrl, sftp } = platform;
  const directory = sampleDirectory(SANDBOX_SEED);
  const operator = new ApiClient(url, adminKey);
  const known = await readClientSettings(folder.root);
  const address = {
    url,
    databaseUrl,
    adminKey,
    ...(sftp === null ? {} : { sftp: { host: sftp.host, port: sftp.port } }),
  };
  const sandbox = known?.sandbox ?? (await newSandbox(platform, directory));
  const apiKey = known?.apiKey ?? (await connect(operator, directory, sandbox));
  const settings = { ...address, apiKey, sandbox };
  await writeClientSettings(folder.root, settings);
  return { directory, operator, client: new ApiClient(url, apiKey), settings };
}

async function newSandbox(
  { folder }: Platform,
  directory: SampleDirectory,
): Promise<NonNullable<ClientSettings['sandbox']>> {
  const structure = firstSupplier(directory).siret;
  const privateKeyFile = join(folder.keys, 'sandbox');
  const pair = generateSshKeyPair('sandbox');
  await mkdir(folder.keys, { recursive: true, mode: 0o700 });
  await writeFile(privateKeyFile, pair.privateKey, { mode: 0o600 });
  await writeFile(`${privateKeyFile}.pub`, pair.publicKey, { mode: 0o644 });
  return { applicationCode: SANDBOX_CODE, structure, privateKeyFile };
}

async function connect(
  operator: ApiClient,
  directory: SampleDirectory,
  { applicationCode, structure, privateKeyFile }: NonNullable<ClientSettings['sandbox']>,
): Promise<string> {
  const structures = [
    ...directory.suppliers.map(({ siret, name }) => ({ identifier: siret, name, publicEntity: false })),
    ...[...directory.recipients, directory.inactiveRecipient].map(({ siret, name }) => ({
      identifier: siret,
      name,
      publicEntity: true,
    })),
  ];
  for (const structure of structures) await registerOnce(operator, structure);
  for (const recipient of directory.recipients) await demand(operator, recipient);
  await operator.deactivateStructure(directory.inactiveRecipient.siret).catch(unlessRefused);
  const publicKey = (await readFile(`${privateKeyFile}.pub`, 'utf8')).trim();
  const { name } = firstSupplier(directory);
  const { apiKey } = await operator.openConnection({ applicationCode, structure, name, publicKey });
  return apiKey;
}

/** Registers a structure unless it is known already. */
export async function registerOnce(
  operator: ApiClient,
  structure: { identifier: string; name: string; publicEntity: boolean },
): Promise<void> {
  await operator.registerStructure(structure).catch(unlessRefused);
}

/** Opens a service under its code, unless it is open already. */
export async function openService(
  operator: ApiClient,
  { structure, code, name = code }: { structure: string; code: string; name?: string },
): Promise<void> {
  await operator.defineService({ structure, code }, { name, active: true, commitmentNumber: false });
}

/**
 * What a recipient of the sandbox has and asks for. Who wants a service code is content with a commitment number: the samples
 * follow plain EN 16931, which has room for one identifier of the buyer (UBL-SR-16), and that is its SIRET (BR-FR-CPRO-10).
 */
async function demand(operator: ApiClient, recipient: SampleRecipient): Promise<void> {
  const { siret: structure, services, requiresServiceCode, requiresCommitment } = recipient;
  for (const { code, name } of services) await openService(operator, { structure, code, name });
  await operator.setRequirements(structure, {
    serviceCode: false,
    commitmentNumber: requiresCommitment,
    serviceCodeOrCommitmentNumber: requiresServiceCode,
  });
}

function unlessRefused(error: unknown): void {
  if (!(error instanceof ApiProblem) || error.problem.status !== 409) throw error;
}

function firstSupplier(directory: SampleDirectory): SampleDirectory['suppliers'][number] {
  const [first] = directory.suppliers;
  if (first === undefined) throw new Error('The sample directory has no supplier');
  return first;
}
