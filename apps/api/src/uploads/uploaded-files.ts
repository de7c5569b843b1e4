import { actorOf, type Caller } from '#application';
import type { SupportingDocument } from '#domain';
import type { EventStore } from '#events';

/** A file that was uploaded, under the name that it was given. */
export type UploadedFile = SupportingDocument;

/** Notes that somebody uploaded a file; the bytes are in the object store by then. */
export async function noteUploaded(store: EventStore, caller: Caller, file: Omit<UploadedFile, 'name'>): Promise<void> {
  await store.pool.query(
    `INSERT INTO uploads.files (uploader, sha256, size, type) VALUES ($1, $2, $3, $4)
     ON CONFLICT (uploader, sha256) DO UPDATE SET uploaded_at = now(), type = excluded.type`,
    [actorOf(caller), file.sha256, file.size, file.type],
  );
}

/**
 * The files that a command cites, with the types that their bytes show, in the order of the command; null when the caller did
 * not upload all of them: whoever knows the digest of another's file must not read it by naming it.
 */
export async function uploadedFiles(
  store: EventStore,
  caller: Caller,
  cited: readonly Pick<UploadedFile, 'name' | 'sha256' | 'size'>[],
): Promise<readonly UploadedFile[] | null> {
  if (cited.length === 0) return [];
  const { rows } = await store.pool.query<{ sha256: string; size: string; type: string }>(
    'SELECT sha256, size, type FROM uploads.files WHERE uploader = $1 AND sha256 = ANY($2)',
    [actorOf(caller), cited.map(({ sha256 }) => sha256)],
  );
  const known = new Map(rows.map((row) => [row.sha256, row]));
  const files: UploadedFile[] = [];
  for (const { name, sha256, size } of cited) {
    const row = known.get(sha256);
    if (row === undefined || Number(row.size) !== size) return null;
    files.push({ name, type: row.type, size, sha256 });
  }
  return files;
}

/** Whether the caller has uploaded all the files that a command cites. */
export async function haveUploaded(...parameters: Parameters<typeof uploadedFiles>): Promise<boolean> {
  return (await uploadedFiles(...parameters)) !== null;
}

/**
 * Whether the files that an object cites are all there: uploaded by the caller, or joined to the object already, since a
 * colleague may have joined them.
 */
export async function areJoinable(
  store: EventStore,
  caller: Caller,
  cited: Parameters<typeof uploadedFiles>[2],
  joined: Parameters<typeof uploadedFiles>[2],
): Promise<boolean> {
  const known = new Set(joined.map(({ sha256, size }) => `${sha256} ${size}`));
  return haveUploaded(
    store,
    caller,
    cited.filter(({ sha256, size }) => !known.has(`${sha256} ${size}`)),
  );
}
