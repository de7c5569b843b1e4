import { Directory } from '#application';
import { openEventStore, type EventStore } from '#events';
import { openObjectStore, type ObjectStore } from '#persistence';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PartnerBoxes } from '../../apps/edi-worker/src/pick-up/partner-boxes.js';
import { ensureHostKey, generateSshKeyPair } from '../../tools/embedded/sftp-keys.js';
import { startSftpServer, type SftpServer } from '../../tools/embedded/sftp-server.js';
import { createTemporaryFolder, type TemporaryFolder } from './temporary-folder.js';
import { openOwnStore, type OwnStore } from './test-store.js';

/** A log, an object store and an SFTP server with the boxes of partners, as the parts of a worker see them. */
export class BoxWorld {
  readonly store: EventStore;
  readonly directory: Directory;
  /** The boxes by one connection of SFTP, as one worker has them. */
  readonly boxes: PartnerBoxes;

  private constructor(
    private readonly own: OwnStore,
    readonly objects: ObjectStore,
    private readonly folder: TemporaryFolder,
    private readonly server: SftpServer,
    private readonly key: ReturnType<typeof generateSshKeyPair>,
  ) {
    this.store = own.store;
    this.directory = new Directory(this.store);
    this.boxes = this.openBoxes();
  }

  static async open(): Promise<BoxWorld> {
    const [own, folder] = await Promise.all([openOwnStore(), createTemporaryFolder('boxes')]);
    const key = generateSshKeyPair('operator');
    const server = await startSftpServer({
      hostKey: await ensureHostKey(join(folder.path, 'keys')),
      boxesFolder: join(folder.path, 'boxes'),
      lookup: (username) =>
        username === 'repons' ? { kind: 'operator', username, publicKeys: [key.publicKey] } : null,
    });
    const objects = await openObjectStore({ kind: 'local', folder: join(folder.path, 'objects') });
    return new BoxWorld(own, objects, folder, server, key);
  }

  /** Another store on the same log, for another worker; whoever opens it closes it. */
  openStore(poolSize: number): Promise<EventStore> {
    return openEventStore({ connectionString: this.own.connectionString, poolSize });
  }

  /** Where a worker works. */
  get workFolder(): string {
    return join(this.folder.path, 'work');
  }

  /** Another connection to the boxes, for another worker; whoever opens it closes it. */
  openBoxes(): PartnerBoxes {
    return new PartnerBoxes({
      SFTP_URL: `sftp://repons@127.0.0.1:${this.server.port}/`,
      SFTP_PRIVATE_KEY: this.key.privateKey,
      SFTP_HOST_KEY: this.server.hostKeyFingerprint,
    });
  }

  /** Gives a structure a connection and, with a key, a box. */
  async connect(applicationCode: string, structure: string, publicKey: string | null = this.key.publicKey) {
    await mkdir(this.box(applicationCode, 'in'), { recursive: true });
    await this.directory.openConnection({ applicationCode, structure, name: applicationCode, publicKey }, 'test');
  }

  /** A place in the box of a connection. */
  box(applicationCode: string, ...rest: readonly string[]): string {
    return join(this.folder.path, 'boxes', applicationCode, ...rest);
  }

  async close(): Promise<void> {
    await this.boxes.close();
    await this.server.close();
    await Promise.all([this.own.close(), this.folder.remove()]);
  }
}
