import {
  depositFlow,
  flowNameStream,
  flowNumber,
  flowStream,
  PLATFORM_APPLICATION_CODE,
  platformFlowName,
} from '#domain';
import type { Channel, FlowDepositEvent, FlowEvent, Party } from '#domain';
import { finding, parseFlowName, type Finding } from '#einvoice';
import { ConcurrencyConflict, type AppendContext, type EventStore, type StreamAppend } from '#events';
import { ObjectTooLarge, type ObjectStore } from '#persistence';
import { v5 as uuidV5 } from 'uuid';
import type { Clock } from '../shared/clock.js';
import { crashPoint } from '../shared/crash-point.js';
import { rejectDayOf } from '../shared/reject-day-lock.js';
import { rejectReason } from '../shared/reject-reason.js';

/** Namespace of the ids made from what is deposited. */
const DEPOSIT_NAMESPACE = '0f4a8f2e-56f1-5d0c-9a51-1b6a3a1d7c10';

/** A file offered as a flow. */
export interface Deposit {
  /** Of the connection; the platform's own for what people send through it. */
  readonly applicationCode: string;
  readonly sender: Party;
  /**
   * Set when the sender is deactivated and sends nothing new any more (R16): the flow is refused, and the reason names the
   * structure that took the sender's place, where there is one.
   */
  readonly senderDeactivated?: { readonly successor: string | null };
  readonly channel: Channel;
  /** Envelope name; or the interface code alone, and the platform gives the name (API, portal). */
  readonly name: { readonly envelope: string } | { readonly interfaceCode: string };
  /** A chunk is used up before the next one is asked for. */
  readonly bytes: AsyncIterable<Buffer>;
  /** Size announced, in bytes, when it is known: one over the limit is refused without being read. */
  readonly announcedSize: number | null;
  /** Identifies this very attempt: trying again after a crash with the same one is no repetition. UUID. */
  readonly attempt: string;
  /** Who acts, as the log names it; the connection when it is not said. */
  readonly actor?: string;
}

/** The acknowledgement: the bytes are safe and the log knows (R40). */
export interface DepositReceipt {
  readonly flowNumber: string;
  readonly name: string;
  /** True when the same sender had already deposited the same bytes: this is the first flow's number. */
  readonly repeated: boolean;
  /** Why the flow was refused at the door, empty when it goes on to be read. */
  readonly findings: readonly Finding[];
}

/** What became of the bytes; no SHA-256 when they are too many to be kept. */
interface StoredBytes {
  readonly sha256: string | null;
  readonly size: number;
}

/** Takes flows in: bytes to the object store, then the events that cite them, then the answer (R40, R41). */
export class Deposits {
  constructor(
    private readonly store: EventStore,
    private readonly objects: ObjectStore,
    private readonly clock: Clock,
    private readonly maxBytes: number,
  ) {}

  /**
   * @returns the receipt, once everything is durable
   * @throws what the object store or the database throw; nothing was taken then, and trying again is safe
   */
  async deposit(deposit: Deposit): Promise<DepositReceipt> {
    const stored = await this.keepBytes(deposit);
    crashPoint('deposit-bytes-stored');
    const receipt = await this.record(deposit, stored);
    crashPoint('deposit-recorded');
    return receipt;
  }

  private async keepBytes(deposit: Deposit): Promise<StoredBytes> {
    const { announcedSize } = deposit;
    if (announcedSize !== null && announcedSize > this.maxBytes) return { sha256: null, size: announcedSize };
    try {
      return await this.objects.put(deposit.bytes, { maxBytes: this.maxBytes });
    } catch (error) {
      if (error instanceof ObjectTooLarge) return { sha256: null, size: this.maxBytes + 1 };
      throw error;
    }
  }

  private async record(deposit: Deposit, stored: StoredBytes): Promise<DepositReceipt> {
    const findings = this.controlEnvelope(deposit, stored.size);
    const nameUsed = [...findings, finding('FLOW-NAME-USED', { found: envelopeOf(deposit) })];
    for (const answer of [[], findings, nameUsed]) {
      const earlier = await this.earlierDeposit(deposit, stored, answer);
      if (earlier !== null) return earlier;
    }
    const { rows } = await this.store.pool.query<{ sequence: string }>(
      "SELECT nextval('public.flow_sequence') AS sequence",
    );
    const sequence = Number(rows[0]?.sequence);
    for (let found = findings; ; found = nameUsed) {
      try {
        return await this.appendDeposit(deposit, stored, sequence, found, found === nameUsed);
      } catch (error) {
        if (!(error instanceof ConcurrencyConflict)) throw error;
        const repeated = await this.earlierDeposit(deposit, stored, found);
        if (repeated !== null) return repeated;
        if (found === nameUsed) throw error; // not the bytes, not the name: something else races, and the caller tries again
      }
    }
  }

  private async appendDeposit(
    deposit: Deposit,
    stored: StoredBytes,
    sequence: number,
    findings: readonly Finding[],
    nameIsUsed: boolean,
  ): Promise<DepositReceipt> {
    const { sha256, size } = stored;
    const { applicationCode, sender, channel } = deposit;
    const name =
      'envelope' in deposit.name ? deposit.name.envelope : platformFlowName(deposit.name.interfaceCode, sequence);
    const parsed = parseFlowName(name);
    const interfaceCode = parsed.ok ? parsed.interfaceCode : null;
    const number = flowNumber(interfaceCode, sequence);
    const claimed: FlowDepositEvent = {
      type: 'FlowBytesClaimed',
      data: { flowNumber: number, applicationCode, sha256 },
    };
    const context = contextOf(deposit, number);
    await this.store.transaction(async (tx) => {
      const now = this.clock.now();
      const day = await rejectDayOf(this.store, tx, now);
      const reasons = findings.map(rejectReason);
      const refusal = reasons.length === 0 ? null : { reasons, day, depositedAt: now.toISOString() };
      const flow = { flowNumber: number, name, channel, sender, applicationCode, interfaceCode, size, sha256 };
      const events: readonly FlowEvent[] = depositFlow(flow, refusal);
      const appends: StreamAppend[] = [
        { stream: claimStream(deposit, stored, findings), expected: 'none', events: [claimed] },
        {
          stream: flowStream(number),
          expected: 'none',
          events: events.map((event) => ({ ...event, occurredAt: now })),
        },
      ];
      if (parsed.ok && !nameIsUsed)
        appends.push({
          stream: flowNameStream(applicationCode, name),
          expected: 'none',
          events: [{ type: 'FlowNameClaimed', data: { flowNumber: number } }],
        });
      await this.store.appendMany(appends, context, { tx });
    });
    return { flowNumber: number, name, repeated: false, findings };
  }

  /** What the envelope alone says (controls "technical" of the field): name, interface, application code, sender, size. */
  private controlEnvelope(deposit: Deposit, size: number): Finding[] {
    const findings: Finding[] = [];
    if ('envelope' in deposit.name) {
      const parsed = parseFlowName(deposit.name.envelope);
      if (!parsed.ok) findings.push(parsed.finding);
      else if (parsed.applicationCode !== deposit.applicationCode)
        findings.push(
          finding('FLOW-UNKNOWN-SENDER', { found: parsed.applicationCode, expected: deposit.applicationCode }),
        );
    }
    if (deposit.senderDeactivated)
      findings.push(
        finding('FLOW-SENDER-INACTIVE', {
          found: deposit.sender.identifier,
          expected: deposit.senderDeactivated.successor,
        }),
      );
    if (size > this.maxBytes)
      findings.push(finding('FLOW-TOO-LARGE', { found: `${size}`, expected: `${this.maxBytes}` }));
    return findings;
  }

  /**
   * The receipt of the first deposit of these bytes with the same answer, or null when there was none. Records the
   * repetition, once.
   */
  private async earlierDeposit(
    deposit: Deposit,
    stored: StoredBytes,
    findings: readonly Finding[],
  ): Promise<DepositReceipt | null> {
    const claim = claimStream(deposit, stored, findings);
    for await (const first of this.store.readStream(claim, { limit: 1 })) {
      const { flowNumber: number } = first.data as { flowNumber: string };
      const name = await this.nameOf(number);
      if (first.metadata['commandId'] === deposit.attempt)
        return { flowNumber: number, name, repeated: false, findings };
      const repetition: FlowDepositEvent = {
        type: 'FlowDepositRepeated',
        data: {
          flowNumber: number,
          name: 'envelope' in deposit.name ? deposit.name.envelope : deposit.name.interfaceCode,
          channel: deposit.channel,
        },
      };
      await this.store.append(claim, 'exists', [repetition], contextOf(deposit, number));
      return { flowNumber: number, name, repeated: true, findings };
    }
    return null;
  }

  private async nameOf(number: string): Promise<string> {
    for await (const first of this.store.readStream(flowStream(number), { limit: 1 }))
      return (first.data as { name: string }).name;
    throw new Error(`No flow ${number}`);
  }
}

/**
 * The stream that guards these bytes for this sender. What is refused at the door guards its bytes under this name alone:
 * the reason asks for the same bytes under another name, and they must not be taken for a repetition then. Empty files
 * have nothing to recognise but their name.
 */
function claimStream(deposit: Deposit, { sha256, size }: StoredBytes, findings: readonly Finding[]): string {
  const name = envelopeOf(deposit);
  const content = sha256 === null || size === 0 ? `${name}|${size}` : sha256;
  const refused = findings.length === 0 ? '' : `|refused|${name}`;
  return `deposit-${uuidV5(`${senderOf(deposit)}|${content}${refused}`, DEPOSIT_NAMESPACE)}`;
}

/** A connection is one sender; people all come by the platform's own code, and each of their structures is one. */
function senderOf({ applicationCode, sender }: Deposit): string {
  return applicationCode === PLATFORM_APPLICATION_CODE ? `${applicationCode}|${sender.identifier}` : applicationCode;
}

function envelopeOf({ name }: Deposit): string {
  return 'envelope' in name ? name.envelope : '';
}

function contextOf(deposit: Deposit, number: string): AppendContext {
  return {
    commandId: deposit.attempt,
    correlationId: number,
    actor: deposit.actor ?? `connection:${deposit.applicationCode}`,
  };
}
