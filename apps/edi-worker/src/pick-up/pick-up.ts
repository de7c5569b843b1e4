import {
  crashPoint,
  repetitionNotice,
  reportName,
  type Clock,
  type Deposits,
  type Directory,
  type KnownConnection,
} from '#application';
import type { Logger, WorkQueue } from '#application';
import { parisDay } from '#domain';
import { Readable } from 'node:stream';
import { v5 as uuidV5 } from 'uuid';
import { boundedName, claimedName, parseClaimedName, type Claim } from './claimed-name.js';
import type { BoxFile, PartnerBoxes } from './partner-boxes.js';
import { WholeFiles } from './whole-files.js';
import { isAlive, type WorkerIdentity } from '../worker-identity.js';

const PICK_UP_NAMESPACE = '5b1c9d06-27e4-5f0e-9f0d-5a7d0a0b6c11';

/** A claim of a worker on another machine is taken over after this long without an end. */
const FOREIGN_CLAIM_EXPIRES_MS = 15 * 60_000;

/** Files taken at the same time. */
const MAX_IN_HAND = 4;

/** Folders of a box. `processing` and `archive` are the platform's. */
const IN = 'in';
const PROCESSING = 'processing';

/**
 * Takes what partners drop (R40): a file is taken only when whole, claimed by rename, deposited, then archived under its
 * flow number. A worker that dies between these leaves a claimed file, which the next look takes over; the deposit
 * recognises bytes that were already taken, so nothing is lost and nothing is taken twice.
 */
export class PickUp {
  private readonly whole = new Map<string, WholeFiles>();
  private readonly inHand = new Map<string, Promise<void>>();

  constructor(
    private readonly boxes: PartnerBoxes,
    private readonly directory: Directory,
    private readonly deposits: Deposits,
    private readonly queue: WorkQueue,
    private readonly clock: Clock,
    private readonly identity: WorkerIdentity,
    private readonly logger: Logger,
  ) {}

  /**
   * Looks once into every box and starts to take what is whole. A box that fails does not keep the others from being
   * looked at; a large file that is being taken does not keep the next ones waiting.
   */
  async look(): Promise<void> {
    for (const connection of await this.directory.openConnections()) {
      try {
        await this.lookInto(connection);
      } catch (error) {
        this.logger.warn({ box: connection.applicationCode, error: String(error) }, 'box could not be read');
      }
    }
  }

  /** Resolves when everything in hand has been taken. */
  async settle(): Promise<void> {
    await Promise.all(this.inHand.values());
  }

  private async lookInto(connection: KnownConnection): Promise<void> {
    const { applicationCode } = connection;
    for (const { name } of await this.boxes.list(applicationCode, PROCESSING)) {
      const claim = parseClaimedName(name);
      if (claim !== null && this.isAbandoned(claim, name))
        await this.tryToClaim(connection, [PROCESSING, name], claim.name, claim.firstClaimedAt);
    }
    for (const { name } of this.wholeFiles(applicationCode, await this.boxes.list(applicationCode, IN)))
      await this.tryToClaim(connection, [IN, name], boundedName(name), this.clock.now().getTime());
  }

  /** A file that cannot be claimed does not keep its neighbours in the box from being taken. */
  private async tryToClaim(
    connection: KnownConnection,
    from: readonly [folder: string, name: string],
    name: string,
    firstClaimedAt: number,
  ): Promise<void> {
    try {
      await this.claim(connection, from, name, firstClaimedAt);
    } catch (error) {
      this.logger.warn({ box: connection.applicationCode, name, error: String(error) }, 'file could not be claimed');
    }
  }

  private wholeFiles(applicationCode: string, files: readonly BoxFile[]): BoxFile[] {
    const memory = this.whole.get(applicationCode) ?? new WholeFiles();
    this.whole.set(applicationCode, memory);
    return memory.select(files);
  }

  /** Ours from an earlier life, a dead neighbour's, or one too old on a machine that cannot be asked. */
  private isAbandoned(claim: Claim, name: string): boolean {
    if (this.inHand.has(name)) return false;
    if (claim.host !== this.identity.host)
      return this.clock.now().getTime() - claim.claimedAt > FOREIGN_CLAIM_EXPIRES_MS;
    return claim.pid === this.identity.pid || !isAlive(claim.pid);
  }

  private async claim(
    connection: KnownConnection,
    from: readonly [folder: string, name: string],
    name: string,
    firstClaimedAt: number,
  ): Promise<void> {
    if (this.inHand.size >= MAX_IN_HAND) return; // left for the next look
    const { applicationCode } = connection;
    const claimed = claimedName({ ...this.identity, claimedAt: this.clock.now().getTime(), firstClaimedAt, name });
    if (!(await this.boxes.move(applicationCode, from, [PROCESSING, claimed]))) return; // another worker won
    crashPoint('pick-up-claimed');
    const taking = this.take(connection, claimed, name, firstClaimedAt)
      .catch((error: unknown) => {
        this.logger.warn(
          { box: applicationCode, name, error: String(error) },
          'file not taken, it will be tried again',
        );
      })
      .finally(() => this.inHand.delete(claimed));
    this.inHand.set(claimed, taking);
  }

  /** Deposits a claimed file, has it worked on, and archives it under its flow number. */
  private async take(
    connection: KnownConnection,
    claimed: string,
    name: string,
    firstClaimedAt: number,
  ): Promise<void> {
    const { applicationCode, structure } = connection;
    const size = await this.boxes.size(applicationCode, PROCESSING, claimed);
    if (size === null) return; // taken over by another worker
    const known = (await this.directory.structures([structure])).get(structure);
    const receipt = await this.deposits.deposit({
      applicationCode,
      sender: { identifier: structure, name: connection.name },
      // The box of a replaced structure still answers: what is dropped there is refused with a report, not left lying (R16).
      ...(known?.active === false ? { senderDeactivated: { successor: known.successor } } : {}),
      channel: 'SFTP',
      name: { envelope: name },
      bytes: await this.boxes.read(applicationCode, PROCESSING, claimed),
      announcedSize: size,
      attempt: uuidV5(`${applicationCode}|${name}|${firstClaimedAt}`, PICK_UP_NAMESPACE),
    });
    const { flowNumber, findings, repeated } = receipt;
    crashPoint('pick-up-deposited');
    if (repeated && receipt.name !== name) await this.tellRepetition(applicationCode, name, flowNumber);
    this.logger.info({ flow: flowNumber, box: applicationCode, name, bytes: size, repeated }, 'flow deposited');
    await this.queue.hint({ step: findings.length === 0 ? 'ingest' : 'deliver-report', flowNumber });
    const now = this.clock.now();
    const kept = `${flowNumber}_${now.getTime()}_${name}`;
    await this.boxes.move(applicationCode, [PROCESSING, claimed], [`archive/${parisDay(now)}`, kept]);
  }

  /** The answer to the same bytes under another name: which flow they are (R40). The flow's own report has its own name. */
  private async tellRepetition(applicationCode: string, name: string, flowNumber: string): Promise<void> {
    const notice = repetitionNotice({ applicationCode, name, flowNumber, at: this.clock.now() });
    await this.boxes.write(applicationCode, 'out', reportName(name, flowNumber), Readable.from(notice));
  }
}
