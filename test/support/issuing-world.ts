import { structureStream, type DraftContent, type StructureEvent } from '#domain';
import { AccessWorld } from './access/access-world.js';
import type { CallerName } from './access/callers.js';
import { ingestionBeside } from './ingestion-in-process.js';
import { startOwnApi, type OwnApi } from './own-api.js';
import { typedInvoice } from './typed-invoice.js';
import { ask, uploadedFile, type Answer } from '../../apps/api/src/testing/ask.js';
import type { DraftView, SendingView } from '../../apps/api/src/drafts/draft-views.js';

/** A structure with the invoicing mandate, whose people and connection issue invoices to a structure with a service. */
export class IssuingWorld {
  private count = 0;

  private constructor(
    readonly api: OwnApi,
    readonly access: AccessWorld,
  ) {}

  /** Starts an API with that world in it. */
  static async start(): Promise<IssuingWorld> {
    const api = await startOwnApi();
    const access = await AccessWorld.open(api);
    const mandate: StructureEvent = {
      type: 'InvoicingMandateSubscribed',
      data: { by: access.person('primary').account },
    };
    await access.record([structureStream(access.structure), mandate]);
    await api.project();
    return new IssuingWorld(api, access);
  }

  close(): Promise<void> {
    return this.api.close();
  }

  /** Path of the drafts of the structure. */
  get drafts(): string {
    return `/structures/${this.access.structure}/drafts`;
  }

  /** A number that no invoice has. */
  newNumber(): string {
    this.count += 1;
    return `S-${this.count}`;
  }

  /** An invoice that can be sent, under a number of its own, but for what is changed. */
  numbered(change: DraftContent = {}): DraftContent {
    return typedInvoice({ number: this.newNumber(), ...change });
  }

  /** @param request as in `GET /invoices`, below `/api` */
  ask<Body = Record<string, unknown>>(
    caller: CallerName,
    request: string,
    body?: object | Buffer,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer<Body>> {
    const [method = '', path = ''] = request.split(' ');
    return ask<Body>(this.api, this.access.tokenOf(caller), method, `/api${path}`, body, headers);
  }

  /** Saves a draft. @returns its UUID */
  async draft(content: object = this.numbered()): Promise<string> {
    const { status, body } = await this.ask<DraftView>('primary', `POST ${this.drafts}`, { content });
    if (status !== 201) throw new Error(`A draft was not saved: ${JSON.stringify(body)}`);
    return body.draft;
  }

  send(
    draft: string,
    caller: CallerName = 'primary',
    body: object = { confirmed: true },
  ): Promise<Answer<SendingView & { code?: string }>> {
    return this.ask(caller, `POST ${this.drafts}/${draft}/sending`, body);
  }

  upload(name: string, bytes: Buffer) {
    return uploadedFile(this.api, this.access.tokenOf('primary'), name, bytes);
  }

  /** What the worker does with a flow. */
  async ingest(flowNumber: string | null): Promise<void> {
    await ingestionBeside(this.api).ingest(flowNumber ?? '');
    await this.api.project();
  }
}
