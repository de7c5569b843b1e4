import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A stand-in for an S3 service, and the handles by which a test makes it misbehave. */
export interface S3Double {
  readonly endpoint: string;
  readonly requests: { method: string; url: string; authorization: string | undefined }[];
  /** Keeps only the first half of the next object. */
  truncateNextUpload(): void;
  refuseUploads(): void;
  replace(key: string, bytes: Buffer): void;
  reset(): void;
  close(): Promise<void>;
}

const error = (response: ServerResponse, status: number, code: string, message: string): void => {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`);
};

const xml = (response: ServerResponse, body: string): void => {
  response.writeHead(200, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0"?>${body}`);
};

/**
 * S3 is a service that operators run and none is at hand where the tests run. So this speaks the small part of its
 * protocol that the store uses (bucket head, put, get with a range, head, multipart upload) and keeps all in memory. It
 * asks for an `Authorization` header but does not check the signature: what it proves is our side of the exchange, not
 * that any given service agrees.
 */
export async function startS3Double(bucket: string): Promise<S3Double> {
  const objects = new Map<string, Buffer>();
  const uploads = new Map<string, { key: string; parts: Map<number, Buffer> }>();
  const requests: S3Double['requests'] = [];
  let truncateNext = false;
  let refusing = false;

  const keep = (key: string, bytes: Buffer): void => {
    objects.set(key, truncateNext ? bytes.subarray(0, bytes.length >> 1) : bytes);
    truncateNext = false;
  };

  const multipart = async (
    request: IncomingMessage,
    response: ServerResponse,
    key: string,
    url: URL,
  ): Promise<void> => {
    const uploadId = url.searchParams.get('uploadId') ?? '';
    if (request.method === 'GET') {
      xml(response, '<ListMultipartUploadsResult><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>');
    } else if (request.method === 'PUT') {
      const bytes = await buffer(request);
      uploads.get(uploadId)?.parts.set(Number(url.searchParams.get('partNumber')), bytes);
      response.writeHead(200, { etag: `"${createHash('md5').update(bytes).digest('hex')}"` }).end();
    } else if (url.searchParams.has('uploads')) {
      const id = randomUUID();
      uploads.set(id, { key, parts: new Map() });
      xml(response, `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
    } else {
      await buffer(request);
      const upload = uploads.get(uploadId);
      if (!upload) return error(response, 404, 'NoSuchUpload', 'No such upload');
      const parts = [...upload.parts].sort(([one], [other]) => one - other).map(([, bytes]) => bytes);
      keep(upload.key, Buffer.concat(parts));
      uploads.delete(uploadId);
      xml(response, '<CompleteMultipartUploadResult><ETag>"x"</ETag></CompleteMultipartUploadResult>');
    }
  };

  const read = (request: IncomingMessage, response: ServerResponse, key: string): void => {
    const bytes = objects.get(key);
    if (!bytes) {
      if (request.method === 'HEAD') response.writeHead(404).end();
      else error(response, 404, 'NoSuchKey', 'The specified key does not exist.');
      return;
    }
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    const part = range ? bytes.subarray(Number(range[1]), range[2] ? Number(range[2]) + 1 : undefined) : bytes;
    response.writeHead(range ? 206 : 200, {
      'content-length': part.length,
      etag: '"x"',
      'last-modified': new Date(0).toUTCString(),
    });
    response.end(request.method === 'HEAD' ? undefined : part);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://double');
    const [, askedBucket, key = ''] = url.pathname.split('/');
    const { method = '' } = request;
    requests.push({ method, url: request.url ?? '', authorization: request.headers.authorization });
    if (!request.headers.authorization) return error(response, 403, 'AccessDenied', 'Access Denied');
    if (askedBucket !== bucket) {
      response.writeHead(404).end();
    } else if (['uploads', 'uploadId'].some((name) => url.searchParams.has(name))) {
      await multipart(request, response, key, url);
    } else if (method === 'PUT') {
      const bytes = await buffer(request);
      if (refusing) return error(response, 403, 'AccessDenied', 'Access Denied');
      keep(key, bytes);
      response.writeHead(200, { etag: '"x"' }).end();
    } else if (key === '') {
      response.writeHead(200).end();
    } else {
      read(request, response, key);
    }
  };

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    truncateNextUpload: () => (truncateNext = true),
    refuseUploads: () => (refusing = true),
    replace: (key, bytes) => objects.set(key, bytes),
    reset: () => {
      requests.length = 0;
      objects.clear();
      truncateNext = refusing = false;
    },
    close: () =>
      new Promise<void>((closed, failed) => {
        server.closeAllConnections();
        server.close((problem) => (problem ? failed(problem) : closed()));
      }),
  };
}
