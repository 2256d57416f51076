import type { ServerResponse } from 'node:http';
import { toInklingError } from '../../protocol/errors.ts';

export function sendJson(response: ServerResponse, status: number, document: object): void {
  const body = JSON.stringify(document);
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

/** A refusal or failure; within a stream, as the stream's last event. */
export function sendError(response: ServerResponse, error: unknown): void {
  const told = error instanceof ApiError ? error : new ApiError(500, toInklingError(error).message);
  if (response.headersSent) {
    if (!response.writableEnded) response.end(`data: ${JSON.stringify(told.body)}\n\n`);
    return;
  }
  const { retryAfterSeconds, allow } = told.details;
  if (allow !== undefined) response.setHeader('Allow', allow);
  if (retryAfterSeconds !== undefined) response.setHeader('Retry-After', retryAfterSeconds);
  if (told.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  sendJson(response, told.status, told.body);
}

/** Server-sent events, one JSON document each, closed by `[DONE]`. */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #inEach: object;

  /** @param inEach fields of every document that does not have them itself */
  constructor(response: ServerResponse, inEach: object = {}) {
    this.#response = response;
    this.#inEach = inEach;
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  }

  send(document: object): void {
    this.#response.write(`data: ${JSON.stringify({ ...this.#inEach, ...document })}\n\n`);
  }

  end(): void {
    this.#response.end('data: [DONE]\n\n');
  }
}

/** A refusal in the shape that clients of OpenAI's API read: `{ error: { message, type, param, code } }`. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly details: {
      readonly code?: string;
      readonly param?: string;
      readonly retryAfterSeconds?: number;
      /** the method that is understood here */
      readonly allow?: string;
    } = {},
  ) {
    super(message);
  }

  get body(): object {
    const { code = null, param = null } = this.details;
    const type = this.status === 429 || this.status >= 500 ? 'server_error' : 'invalid_request_error';
    return { error: { message: this.message, type, param, code } };
  }
}

export const badRequest = (param: string, message: string): ApiError =>
  new ApiError(400, `${param}: ${message}`, { param, code: 'invalid_value' });

/** Requests that run or wait, of one kind; one more is refused with a 429 so that its caller can try again. */
const maxWaiting = 64;

/** @throws ApiError 429 */
export function refuseTooMany(waiting: number): void {
  if (waiting < maxWaiting) return;
  throw new ApiError(429, `${maxWaiting} requests are waiting already. Try again later.`, {
    code: 'rate_limit_exceeded',
    retryAfterSeconds: 1,
  });
}
