import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporaryFolder.ts';
import { writeTinyModel } from './tinyModel.ts';

export interface HubFault {
  /** of the requests for files that match: how many are answered so; default: all */
  readonly times?: number;
  readonly path?: RegExp;
  readonly answer: (response: ServerResponse, content: Buffer, request: IncomingMessage) => void;
}

export interface ModelHubOptions {
  readonly files: Readonly<Record<string, Buffer>>;
  readonly id?: string;
  readonly token?: string;
  /** answers every search; default: the repository alone */
  readonly found?: unknown;
  /** its name before; whoever asks for it is led to the new one */
  readonly formerId?: string;
  readonly faults?: readonly HubFault[];
  /** changes what the hub says of the repository */
  readonly describe?: (description: Record<string, unknown>) => unknown;
}

/** A hub that speaks the HTTP of Hugging Face's, on a loopback address, and does the wrong things that it is told to. */
export class ModelHub {
  /** `METHOD path` and, where there is one, the range asked for */
  readonly requests: string[] = [];
  /** bytes of files that were sent */
  sentBytes = 0;
  endpoint = '';
  readonly #options: ModelHubOptions;
  readonly #left: number[];
  readonly #server = createServer((request, response) => this.#answer(request, response));

  private constructor(options: ModelHubOptions) {
    this.#options = options;
    this.#left = (options.faults ?? []).map(({ times }) => times ?? Number.POSITIVE_INFINITY);
  }

  /** For the test that runs; it ends with the test. */
  static async open(options: ModelHubOptions): Promise<ModelHub> {
    const hub = await ModelHub.start(options);
    onTestFinished(() => hub.close());
    return hub;
  }

  static async start(options: ModelHubOptions): Promise<ModelHub> {
    const hub = new ModelHub(options);
    await new Promise<void>((resolve) => hub.#server.listen(0, '127.0.0.1', resolve));
    hub.endpoint = `http://127.0.0.1:${(hub.#server.address() as AddressInfo).port}`;
    return hub;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { range } = request.headers;
    this.requests.push(`${request.method} ${request.url}${range ? ` ${range}` : ''}`);
    const { id = 'someone/tiny', token, files, describe = (description) => description } = this.#options;
    if (token !== undefined && request.headers.authorization !== `Bearer ${token}`) {
      status(response, 401);
      return;
    }
    const { pathname } = new URL(request.url!, this.endpoint);
    const { formerId } = this.#options;
    if (formerId !== undefined && pathname.includes(`/${formerId}/`)) {
      status(response, 307, { location: request.url!.replace(formerId, id) });
      return;
    }
    if (pathname === '/api/models') {
      json(response, this.#options.found ?? [{ id, downloads: 12, gated: false }]);
      return;
    }
    if (pathname.startsWith(`/api/models/${id}/revision/`)) {
      const siblings = Object.entries(files).map(([rfilename, content]) => describedFile(rfilename, content));
      const description = { id, sha: commit, siblings, cardData: { license: 'apache-2.0' }, gated: false };
      json(response, describe(description));
      return;
    }
    const start = `/${id}/resolve/${commit}/`;
    const path = pathname.startsWith(start) ? decodeURIComponent(pathname.slice(start.length)) : undefined;
    const content = path === undefined ? undefined : files[path];
    if (!content) {
      status(response, 404);
      return;
    }
    const fault = (this.#options.faults ?? []).find(
      (each, i) => this.#left[i]! > 0 && (each.path?.test(path!) ?? true),
    );
    if (!fault) {
      this.send(response, content, request);
      return;
    }
    this.#left[this.#options.faults!.indexOf(fault)]!--;
    fault.answer(response, content, request);
  }

  /** As a hub should: whole, or from where the range begins if the file is still the same. */
  send(response: ServerResponse, content: Buffer, request: IncomingMessage): void {
    const etag = etagOf(content);
    const from = Number(/^bytes=(\d+)-$/u.exec(request.headers.range ?? '')?.[1] ?? 0);
    const isSame = request.headers['if-range'] === undefined || request.headers['if-range'] === etag;
    const start = isSame ? from : 0;
    const part = content.subarray(start);
    response.writeHead(start > 0 ? 206 : 200, {
      etag,
      'content-length': part.length,
      ...(start > 0 && { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` }),
    });
    this.sentBytes += part.length;
    response.end(part);
  }
}

/** The files of the tiny model, as a repository. */
export const tinyFiles = async (): Promise<Record<string, Buffer>> =>
  filesIn(await writeTinyModel(join(await temporaryFolder(), 'tiny')));

/** The files of a folder and of those below it, as a repository. */
export async function filesIn(folder: string): Promise<Record<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const named = async (path: string) => [relative(folder, path).replaceAll('\\', '/'), await readFile(path)] as const;
  return Object.fromEntries(await Promise.all(paths.map(named)));
}

export const etagOf = (content: Buffer): string => `"${createHash('sha256').update(content).digest('hex')}"`;

export const commit = 'c0ffee'.padEnd(40, '0');

/** Large files are told with their SHA-256, small ones with Git's name of their content. */
function describedFile(rfilename: string, content: Buffer): object {
  const size = content.length;
  if (/\.(?:safetensors|gguf|onnx)(?:_data)?$/u.test(rfilename)) {
    return { rfilename, size, lfs: { size, sha256: createHash('sha256').update(content).digest('hex') } };
  }
  return { rfilename, size, blobId: createHash('sha1').update(`blob ${size}\0`).update(content).digest('hex') };
}

/** The beginning of the file, and the end of the connection. */
export const cutAfter = (bytes: number) => (response: ServerResponse, content: Buffer) => {
  response.writeHead(200, { 'content-length': content.length, etag: '"one"' });
  response.write(content.subarray(0, bytes), () => response.destroy());
};

export function status(response: ServerResponse, code: number, headers: Record<string, string> = {}): void {
  response.writeHead(code, headers).end();
}

function json(response: ServerResponse, document: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document));
}
