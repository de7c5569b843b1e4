import { Deposits, Directory, type KnownConnection } from '#application';
import { flowStream, origin, type FlowDeposited, type FlowEvent } from '#domain';
import { EventStore } from '#events';
import { PersonalDataVault, projections } from '#persistence';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createApi } from '../create-api.js';

/** The API, listening on a port of its own, with two connections and an operator that know nothing of one another. */
export interface TestApi {
  readonly app: NestExpressApplication;
  readonly store: EventStore;
  readonly url: string;
  readonly keys: { readonly own: string; readonly other: string; readonly operator: string };
  readonly own: KnownConnection;
  /** Brings the read models up to everything that is in the log now: here no worker does. */
  project(): Promise<void>;
  close(): Promise<void>;
}

/** Key of the operator, as the environment of the test gives it. */
export const OPERATOR_KEY = 'cle-d-exploitant-pour-les-tests';

/** Secret of personal data, as the environment of the test gives it. */
export const PERSONAL_DATA_KEY = 'secret-des-donnees-personnelles-des-tests';

/** Starts the API in this process on the settings that the environment holds now. */
export async function startTestApi(): Promise<TestApi> {
  const app = await createApi();
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const store = app.get(EventStore);
  const vault = app.get(PersonalDataVault);
  const project = async (): Promise<void> => {
    for (const { name, types, handle } of projections) {
      let onError: (error: unknown) => void = () => undefined;
      const failed = new Promise<never>((_, reject) => (onError = reject));
      const subscription = store.subscribe({
        name,
        types: [...types],
        handle: async (events, tx) => handle(await vault.open(events), tx),
        onError,
      });
      subscription.start();
      const caughtUp = subscription.caughtUp();
      caughtUp.catch(() => undefined); // refused when it is stopped after a failure
      try {
        await Promise.race([caughtUp, failed]);
      } finally {
        await subscription.stop();
      }
    }
  };
  const directory = app.get(Directory);
  const open = (applicationCode: string, structure: string, name: string) =>
    directory.openConnection({ applicationCode, structure, name, publicKey: null }, 'test');
  const own = { applicationCode: 'OWN001', structure: '55208131766522', name: 'Fournisseur' };
  const [mine, theirs] = [
    await open(own.applicationCode, own.structure, own.name),
    await open('OTH001', '39860733300059', 'Autre'),
  ];
  await project();
  return {
    app,
    store,
    url: `http://127.0.0.1:${port}`,
    keys: { own: mine.apiKey, other: theirs.apiKey, operator: OPERATOR_KEY },
    own: { ...own, sftpPublicKeys: [], statusFormat: 'CPPStatut' },
    project,
    close: () => app.close(),
  };
}

/** Day on which {@link endedFlow} has its rejects. */
export const REJECT_DAY = '2026-11-19';

/** A flow of the own connection that has been worked on: so many invoices in, so many rejected on {@link REJECT_DAY}. */
export async function endedFlow(api: TestApi, integrated: number, rejects: number): Promise<string> {
  const flowNumber = await depositedFlow(api);
  const depositedAt = `${REJECT_DAY}T10:00:00.000Z`;
  const sender = { identifier: api.own.structure, name: api.own.name };
  const deposit: FlowDeposited['data'] = {
    flowNumber,
    name: 'N',
    channel: 'API',
    sender,
    applicationCode: api.own.applicationCode,
    interfaceCode: 'FSO1100A',
    size: 1,
    sha256: null,
  };
  const nowhere = { location: null, line: null, found: null, expected: null };
  const rejected: FlowEvent[] = Array.from({ length: rejects }, (_, index) => ({
    type: 'InvoiceRejected',
    data: {
      ...origin(deposit, depositedAt, REJECT_DAY),
      issuer: sender,
      invoiceNumber: `F-${index + 1}`,
      invoiceDate: REJECT_DAY,
      recipientIdentifier: null,
      serviceCode: null,
      amount: '1.00',
      currency: 'EUR',
      rank: integrated + index + 1,
      member: null,
      rules: ['chorus-historic'],
      supportingDocuments: [],
      reasons: [{ code: 'REJ_SEMAN', rule: 'BR-02', message: 'Numéro : il manque.', ...nowhere }],
      resendable: true,
    },
  }));
  const invoices = integrated + rejects;
  const outcome = integrated === 0 ? 'rejected' : rejects === 0 ? 'integrated' : 'partly-integrated';
  await recordOnFlow(api, flowNumber, [
    { type: 'FlowSplit', data: { container: 'zip', invoices, ignoredMembers: 0, unpackedBytes: 1 } },
    ...rejected,
    { type: 'FlowBatchRecorded', data: { upToRank: invoices, integrated, rejected: rejects } },
    { type: 'FlowCompleted', data: { outcome, integrated, rejected: rejects } },
  ]);
  return flowNumber;
}

/** A flow of the own connection that nobody has worked on. */
export async function depositedFlow(api: TestApi): Promise<string> {
  const { flowNumber } = await api.app.get(Deposits).deposit({
    applicationCode: api.own.applicationCode,
    sender: { identifier: api.own.structure, name: api.own.name },
    channel: 'API',
    name: { interfaceCode: 'FSO1100A' },
    bytes: oneBuffer(Buffer.from(randomUUID())),
    announcedSize: null,
    attempt: randomUUID(),
  });
  return flowNumber;
}

/** Puts events behind a flow's stream, and brings the read models up to them. */
export async function recordOnFlow(api: TestApi, flowNumber: string, events: readonly FlowEvent[]): Promise<void> {
  const context = { commandId: randomUUID(), correlationId: flowNumber, actor: 'test' };
  await api.store.append(flowStream(flowNumber), 'exists', events, context);
  await api.project();
}

async function* oneBuffer(bytes: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(bytes);
}
