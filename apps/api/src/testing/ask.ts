import type { UploadedFile } from '../uploads/uploaded-files.js';
import type { TestApi } from './test-api.js';

/** What the API answered: nothing is an empty object. */
export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly body: Body;
}

/**
 * Asks the API something.
 *
 * @param token whose; null for nobody's
 * @param path from the root, as in `/api/invoices`
 * @param body bytes, or what is sent as JSON
 */
export async function ask<Body = Record<string, unknown>>(
  { url }: Pick<TestApi, 'url'>,
  token: string | null,
  method: string,
  path: string,
  body?: object | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer<Body>> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...typeOf(body), ...headers },
    ...(body === undefined ? {} : { body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Body };
}

function typeOf(body: object | Buffer | undefined): Readonly<Record<string, string>> {
  if (body === undefined) return {};
  return { 'content-type': Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json' };
}

/** Uploads a file. @returns how a command cites it */
export async function uploadedFile(
  api: Pick<TestApi, 'url'>,
  token: string | null,
  name: string,
  bytes: Buffer,
): Promise<Pick<UploadedFile, 'name' | 'sha256' | 'size'>> {
  const path = `/api/files?name=${encodeURIComponent(name)}`;
  const { status, body } = await ask<UploadedFile>(api, token, 'POST', path, bytes);
  if (status !== 201) throw new Error(`${name} was not taken: ${JSON.stringify(body)}`);
  return { name: body.name, sha256: body.sha256, size: body.size };
}
