import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InklingError, systemCode } from '../../protocol/errors.ts';
import { systemReason } from '../../protocol/systemReason.ts';
import type { OpenAiApi } from './openAiApi.ts';
import { ApiError, sendError, sendJson } from './response.ts';

const host = '127.0.0.1';
const maxBodyBytes = 4_000_000;
/** Read to the end all the same: whoever still sends hears no refusal. */
const maxDiscardedBytes = 10 * maxBodyBytes;
const maxConnections = 256;

/**
 * Serves an API to programs of this machine that know a token. Pages in a browser are refused: they may reach loopback
 * addresses, by another name, too (DNS rebinding), so `Host` must be a loopback name and `Origin` must not be there.
 */
export class LoopbackServer {
  readonly #server: Server;
  readonly #tokenDigest: Buffer;
  readonly #api: OpenAiApi;

  constructor(api: OpenAiApi, token: string) {
    this.#api = api;
    this.#tokenDigest = digest(token);
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error) => sendError(response, error));
    });
    this.#server.maxConnections = maxConnections;
    this.#server.requestTimeout = 30_000;
  }

  /**
   * @param port 0 = any that is free
   * @returns the API's base address
   * @throws InklingError `fileAccess` when the port cannot be had
   */
  listen(port: number): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', (error) => {
        const why = systemCode(error) === 'EADDRINUSE' ? 'another program uses it' : systemReason(error);
        reject(new InklingError('fileAccess', `Port ${port} cannot be used: ${why}. Name another one.`));
      });
      this.#server.listen(port, host, () => {
        resolve(`http://${host}:${(this.#server.address() as AddressInfo).port}/v1`);
      });
    });
  }

  /** Ends all connections. */
  async dispose(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#check(request);
    const pathname = pathOf(request);
    const [, version, ...path] = pathname.split('/');
    const route = version === 'v1' ? path.join('/') : '';
    if (route === 'models' || route.startsWith('models/')) {
      allowOnly(request, 'GET');
      const name = route === 'models' ? undefined : decoded(route.slice('models/'.length));
      return sendJson(response, 200, await this.#api.models(name));
    }
    const post = Object.hasOwn(posts, route) ? posts[route] : undefined;
    if (post) {
      allowOnly(request, 'POST');
      return post(this.#api, await readBody(request), response);
    }
    const known = ['models', ...Object.keys(posts)].map((name) => `/v1/${name}`).join(', ');
    throw new ApiError(404, `There is nothing at ${pathname}; there are ${known}.`);
  }

  #check({ headers }: IncomingMessage): void {
    if (!/^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/iu.test(headers.host ?? '')) {
      throw new ApiError(403, 'Only requests to a loopback address are answered.');
    }
    if (headers.origin !== undefined) throw new ApiError(403, 'Pages in a browser are not answered.');
    const token = /^Bearer (.+)$/iu.exec(headers.authorization ?? '')?.[1] ?? '';
    if (!timingSafeEqual(digest(token), this.#tokenDigest)) {
      throw new ApiError(401, 'The token is missing or wrong. It lies in the file that `inkling serve` names.', {
        code: 'invalid_api_key',
      });
    }
  }
}

type Post = (api: OpenAiApi, body: object, response: ServerResponse) => Promise<void>;

const posts: Readonly<Partial<Record<string, Post>>> = {
  completions: (api, body, response) => api.complete(body, response),
  'chat/completions': (api, body, response) => api.chat(body, response),
  embeddings: (api, body, response) => api.embeddings.answer(body, response),
};

/** Without the query; a target that is no address is nowhere. */
function pathOf({ url = '/' }: IncomingMessage): string {
  return URL.canParse(url, 'http://localhost') ? new URL(url, 'http://localhost').pathname : url;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function allowOnly({ method }: IncomingMessage, allowed: string): void {
  if (method !== allowed) throw new ApiError(405, `${allowed} is the method here, not ${method}.`, { allow: allowed });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @throws ApiError 400 or 413 */
async function readBody(request: IncomingMessage): Promise<object> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= maxBodyBytes) chunks.push(chunk);
    if (bytes > maxDiscardedBytes) break; // whoever sends without end is cut off
  }
  if (bytes > maxBodyBytes) throw new ApiError(413, `A request may have ${maxBodyBytes} bytes.`);
  let body: unknown;
  try {
    body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new ApiError(400, 'The request is not JSON.');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ApiError(400, 'The request must be a JSON object.');
  }
  return body;
}
