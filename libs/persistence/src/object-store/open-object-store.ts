import { mkdir } from 'node:fs/promises';
import { LocalObjectStore } from './local-object-store.js';
import type { ObjectStore } from './object-store.js';
import type { S3Settings } from './s3-object-store.js';

/** Where objects are kept: a folder, which is the default, or a bucket. */
export type ObjectStoreSettings =
  { readonly kind: 'local'; readonly folder: string } | ({ readonly kind: 's3' } & S3Settings);

/**
 * Opens the object store that the settings name, and fails at once rather than at the first deposit.
 *
 * @throws Error when the folder cannot be made, the service cannot be reached or the bucket is not there
 */
export async function openObjectStore(settings: ObjectStoreSettings): Promise<ObjectStore> {
  if (settings.kind === 'local') {
    await mkdir(settings.folder, { recursive: true });
    return new LocalObjectStore(settings.folder);
  }
  // Its client takes 30 MB of memory, which a folder does without.
  const { S3ObjectStore } = await import('./s3-object-store.js');
  const store = new S3ObjectStore(settings);
  if (!(await store.bucketExists())) throw new Error(`no bucket ${settings.bucket} at ${settings.endpoint}`);
  return store;
}
