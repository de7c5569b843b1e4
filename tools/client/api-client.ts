import type { ImportedRow, ImportOutcome, RejectFileSummary } from '#application';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { FlowInvoice, FlowReport } from '../../apps/api/src/flows/flow-report.js';

export type { FlowInvoice, FlowReport };

/** A problem document of the API (RFC 9457). */
export interface ProblemDocument {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly [member: string]: unknown;
}

/** The API answered with a problem. The message is the French detail. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  constructor(readonly problem: ProblemDocument) {
    super(`${problem.detail} (${problem.code})`);
  }
}

/** The API could not be reached. */
export class ApiUnreachable extends Error {
  override readonly name = 'ApiUnreachable';
}

/** The HTTP API, for the command line, the demo and the tests. */
export class ApiClient {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  /** Deposits a file under its envelope name, streamed. */
  async deposit(path: string, name: string): Promise<{ flowNumber: string; name: string; repeated: boolean }> {
    const { size } = await stat(path);
    return this.json('POST', `/api/flows?name=${encodeURIComponent(name)}`, {
      body: Readable.toWeb(createReadStream(path)) as ReadableStream,
      headers: { 'content-type': 'application/octet-stream', 'content-length': String(size) },
    });
  }

  flow(flowNumber: string): Promise<FlowReport> {
    return this.json('GET', `/api/flows/${encodeURIComponent(flowNumber)}`);
  }

  flows(limit = 1_000): Promise<{ items: readonly FlowReport[]; total: number; next: string | null }> {
    return this.json('GET', `/api/flows?limit=${limit}`);
  }

  /** Every invoice of a flow, page by page. */
  async *flowInvoices(flowNumber: string, outcome?: 'integrated' | 'rejected'): AsyncGenerator<FlowInvoice> {
    const filter = outcome === undefined ? '' : `&outcome=${outcome}`;
    for (let after: string | null = '0'; after !== null;) {
      const page: { items: readonly FlowInvoice[]; next: string | null } = await this.json(
        'GET',
        `/api/flows/${encodeURIComponent(flowNumber)}/invoices?limit=1000&after=${after}${filter}`,
      );
      yield* page.items;
      after = page.next;
    }
  }

  async rejectFiles(filter: { day?: string; sender?: string } = {}): Promise<readonly RejectFileSummary[]> {
    const query = new URLSearchParams(filter as Record<string, string>).toString();
    const { items } = await this.json<{ items: readonly RejectFileSummary[] }>('GET', `/api/rejects?${query}`);
    return items;
  }

  /** Bytes of a reject file, streamed. */
  async rejectFile(day: string, sender: string, format: 'csv' | 'json'): Promise<Readable> {
    const path = `/api/rejects/${day}/${encodeURIComponent(sender)}?format=${format}`;
    const response = await this.request('GET', path);
    if (response.body === null) throw new Error('Réponse sans corps');
    return Readable.fromWeb(response.body);
  }

  registerStructure(structure: { identifier: string; name: string; publicEntity: boolean }): Promise<object> {
    return this.post('/api/structures', structure);
  }

  async deactivateStructure(identifier: string, successor?: string): Promise<void> {
    await this.request('POST', `/api/structures/${encodeURIComponent(identifier)}/deactivate`, {
      body: JSON.stringify(successor === undefined ? {} : { successor }),
      headers: { 'content-type': 'application/json' },
    });
  }

  setRequirements(
    identifier: string,
    requirements: { serviceCode: boolean; commitmentNumber: boolean; serviceCodeOrCommitmentNumber: boolean },
  ): Promise<void> {
    return this.put(`/api/structures/${encodeURIComponent(identifier)}/requirements`, requirements);
  }

  /** A reason excludes the structure from the duty to receive; without one the exclusion is lifted. */
  setExclusion(identifier: string, reason?: string): Promise<void> {
    return this.put(`/api/structures/${encodeURIComponent(identifier)}/exclusion`, { reason });
  }

  defineService(
    { structure, code }: { structure: string; code: string },
    service: { name: string; active: boolean; commitmentNumber: boolean },
  ): Promise<void> {
    return this.put(`/api/structures/${encodeURIComponent(structure)}/services/${encodeURIComponent(code)}`, service);
  }

  /** Imports rows of a directory file; sending them again changes nothing. */
  importDirectory(rows: readonly ImportedRow[]): Promise<ImportOutcome> {
    return this.post('/api/directory/import', { rows: rows.map(rowToSend) });
  }

  /** `CPPStatut`, `CDAR` or `both`. */
  chooseStatusFormat(applicationCode: string, format: string): Promise<void> {
    return this.put(`/api/connections/${encodeURIComponent(applicationCode)}/status-format`, { format });
  }

  openConnection(connection: {
    applicationCode: string;
    structure: string;
    name: string;
    publicKey?: string;
  }): Promise<{ applicationCode: string; apiKey: string }> {
    return this.post('/api/connections', connection);
  }

  private post<T>(path: string, body: object): Promise<T> {
    return this.json('POST', path, {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  }

  private async put(path: string, body: object): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    await this.request('PUT', path, { body: JSON.stringify(body), headers });
  }

  private async json<T>(method: string, path: string, init: RequestInit = {}): Promise<T> {
    return (await (await this.request(method, path, init)).json()) as T;
  }

  private async request(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { ...init.headers, authorization: `Bearer ${this.key}` };
    // `duplex` is what the standard asks of a streamed body; the types do not know it yet.
    const options = { ...init, method, headers, duplex: 'half' } as RequestInit;
    const response = await fetch(`${this.url}${path}`, options).catch((error: unknown) => {
      throw new ApiUnreachable(
        `La plateforme ne répond pas à l’adresse ${this.url} : démarrez-la (npm start) ou corrigez REPONS_URL.`,
        { cause: error },
      );
    });
    if (response.ok) return response;
    const text = await response.text();
    try {
      throw new ApiProblem(JSON.parse(text) as ProblemDocument);
    } catch (error) {
      if (error instanceof ApiProblem) throw error;
      throw new ApiProblem({ status: response.status, code: `SRV-${response.status}`, detail: text.slice(0, 200) });
    }
  }
}

/** A row as the API takes it. */
function rowToSend(row: ImportedRow): object {
  if (row.kind === 'service') {
    const { line, structure: identifier, code, name, active, commitmentNumber } = row;
    return { line, identifier, service: { code, name, active, commitmentNumber } };
  }
  const { line, identifier, identifierType, category, name, requirements, exclusion } = row;
  return {
    line,
    identifier,
    structure: { identifierType, category, name, exclusion, ...(requirements === null ? {} : { requirements }) },
  };
}
