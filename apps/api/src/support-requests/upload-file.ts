import { OBJECTS } from '#application';
import { EventStore } from '#events';
import { ObjectTooLarge, type ObjectStore } from '#persistence';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Problem } from '../platform/problem.js';
import { FILE_NAME, LARGEST_FILE } from './file-rules.js';

/** A file as it is to be named in a request. */
export interface UploadedFile {
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
}

/** Keep a file that a request will name (R18, R24). `bytes` is consumed once. */
export class UploadSupportFile extends Command<UploadedFile> {
  constructor(
    /** An account, or `operator`. */
    readonly uploader: string,
    readonly name: string,
    readonly bytes: AsyncIterable<Buffer>,
  ) {
    super();
  }
}

@CommandHandler(UploadSupportFile)
export class UploadSupportFileHandler implements ICommandHandler<UploadSupportFile> {
  constructor(
    @Inject(OBJECTS) private readonly objects: ObjectStore,
    private readonly store: EventStore,
  ) {}

  async execute({ uploader, name, bytes }: UploadSupportFile): Promise<UploadedFile> {
    if (!FILE_NAME.test(name))
      throw new Problem(
        422,
        'SOL-010',
        'Le nom du fichier a au plus 50 caractères, avec une extension parmi celles acceptées (pdf, png, docx…).',
      );
    const { sha256, size } = await this.objects.put(bytes, { maxBytes: LARGEST_FILE }).catch((error: unknown) => {
      if (!(error instanceof ObjectTooLarge)) throw error;
      throw new Problem(413, 'SOL-011', 'Le fichier dépasse 10 Mo.');
    });
    if (size === 0) throw new Problem(422, 'SOL-012', 'Le fichier est vide.');
    await this.store.pool.query(
      `INSERT INTO support.uploaded_files (uploader, sha256, size) VALUES ($1, $2, $3)
       ON CONFLICT (uploader, sha256) DO UPDATE SET uploaded_at = now()`,
      [uploader, sha256, size],
    );
    return { name, sha256, size };
  }
}

/** Whether somebody has uploaded all of these files: whoever knows the digest of another's file must not read it by naming it. */
export async function haveUploaded(
  store: EventStore,
  uploader: string,
  files: readonly Pick<UploadedFile, 'sha256' | 'size'>[],
): Promise<boolean> {
  if (files.length === 0) return true;
  const { rows } = await store.pool.query<{ missing: number }>(
    `SELECT count(*)::int AS missing FROM unnest($2::text[], $3::bigint[]) AS wanted (sha256, size)
      WHERE NOT EXISTS (SELECT FROM support.uploaded_files u
                         WHERE u.uploader = $1 AND u.sha256 = wanted.sha256 AND u.size = wanted.size)`,
    [uploader, files.map(({ sha256 }) => sha256), files.map(({ size }) => size)],
  );
  return rows[0]?.missing === 0;
}
