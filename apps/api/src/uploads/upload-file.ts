import {
  OBJECTS,
  ScannerAway,
  ScannerFailed,
  VIRUS_SCANNER,
  VirusFound,
  type Caller,
  type VirusScanner,
} from '#application';
import { documentTypeOf, typeHeadBytes } from '#einvoice';
import { EventStore } from '#events';
import { ObjectTooLarge, type ObjectStore } from '#persistence';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Problem } from '../platform/problem.js';
import { fileNameFault, LARGEST_FILE } from './file-rules.js';
import { noteUploaded, type UploadedFile } from './uploaded-files.js';

/** Keep a file that a command will cite (R18, R24). `bytes` is consumed once. */
export class UploadFile extends Command<UploadedFile> {
  constructor(
    readonly caller: Caller,
    readonly name: string,
    readonly bytes: AsyncIterable<Buffer>,
  ) {
    super();
  }
}

@CommandHandler(UploadFile)
export class UploadFileHandler implements ICommandHandler<UploadFile> {
  constructor(
    @Inject(OBJECTS) private readonly objects: ObjectStore,
    @Inject(VIRUS_SCANNER) private readonly scanner: VirusScanner,
    private readonly store: EventStore,
  ) {}

  async execute({ caller, name, bytes }: UploadFile): Promise<UploadedFile> {
    const fault = fileNameFault(name);
    if (fault !== null) throw new Problem(422, fault.code, fault.message);
    let head: Buffer = Buffer.alloc(0);
    const seen = async function* (): AsyncGenerator<Buffer> {
      for await (const chunk of bytes) {
        if (head.length < typeHeadBytes) head = Buffer.concat([head, chunk.subarray(0, typeHeadBytes - head.length)]);
        yield chunk;
      }
    };
    // The last chunk comes only once the scanner has found all of them clean: nothing else is ever kept.
    const { sha256, size } = await this.objects
      .put(this.scanner.checked(seen()), { maxBytes: LARGEST_FILE })
      .catch((error: unknown) => {
        throw refusalOf(error, name);
      });
    if (size === 0) throw new Problem(422, 'FIC-005', 'Le fichier est vide.');
    const type = documentTypeOf(head).mime;
    await noteUploaded(this.store, caller, { type, size, sha256 });
    return { name, type, size, sha256 };
  }
}

function refusalOf(error: unknown, name: string): unknown {
  if (error instanceof ObjectTooLarge) {
    const megabytes = LARGEST_FILE / 1024 ** 2;
    return new Problem(413, 'FIC-004', `Le fichier dépasse ${megabytes} Mo (${LARGEST_FILE} octets) : réduisez-le.`);
  }
  if (error instanceof VirusFound) {
    const { signature } = error;
    const detail = `Le fichier « ${name} » est infecté (${signature}) : il n’a pas été gardé. Joignez un document sain.`;
    return new Problem(422, 'FIC-006', detail, { signature });
  }
  if (error instanceof ScannerAway || error instanceof ScannerFailed)
    return new Problem(
      503,
      'FIC-503',
      'L’antivirus ne répond pas : le fichier n’a pas été gardé. Réessayez dans quelques minutes.',
    );
  return error;
}
