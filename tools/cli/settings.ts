import { resolve } from 'node:path';
import { ApiClient } from '../client/api-client.js';
import { readClientSettings } from '../platform/data-folder.js';
import { UsageError } from './usage-error.js';

/** Folder of the platform that the command line speaks to when the environment does not say. */
const DATA_FOLDER = './data';

/** A client of the running platform, with a connection's key: `REPONS_URL` and `REPONS_API_KEY`, else the local one. */
export async function connectionClient(): Promise<ApiClient> {
  const { REPONS_URL, REPONS_API_KEY } = process.env;
  const local = await localSettings();
  const url = REPONS_URL ?? local?.url;
  const key = REPONS_API_KEY ?? local?.apiKey;
  if (url === undefined || key === undefined) throw new UsageError(NO_PLATFORM);
  return new ApiClient(url, key);
}

/** A client with the operator's key: `REPONS_URL` and `REPONS_ADMIN_KEY`, else the local platform. */
export async function operatorClient(): Promise<ApiClient> {
  const { REPONS_URL, REPONS_ADMIN_KEY } = process.env;
  const local = await localSettings();
  const url = REPONS_URL ?? local?.url;
  const key = REPONS_ADMIN_KEY ?? local?.adminKey;
  if (url === undefined || key === undefined) throw new UsageError(NO_PLATFORM);
  return new ApiClient(url, key);
}

/** The database that holds the event store: `DATABASE_URL`, else the local platform's. */
export async function databaseUrl(): Promise<string> {
  const url = process.env['DATABASE_URL'] ?? (await localSettings())?.databaseUrl;
  if (url === undefined)
    throw new UsageError('Aucun journal : donnez DATABASE_URL, ou lancez la plateforme ici (npm start).');
  return url;
}

/** Application code of the connection that deposits by the command line. */
export async function applicationCode(): Promise<string> {
  const code = process.env['REPONS_APPLICATION_CODE'] ?? (await localSettings())?.sandbox?.applicationCode;
  if (code === undefined) throw new UsageError('Donnez REPONS_APPLICATION_CODE, ou un nom d’enveloppe par --name.');
  return code;
}

function localSettings() {
  return readClientSettings(resolve(process.env['REPONS_DATA'] ?? DATA_FOLDER));
}

const NO_PLATFORM =
  'Aucune plateforme connue : lancez « npm start » dans ce dossier, ou donnez REPONS_URL et REPONS_API_KEY.';
