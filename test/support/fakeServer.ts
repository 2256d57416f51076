import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A server that answers each request as it is told, for the test that runs. @returns the address of its API */
export async function fakeServer(answer: Answer, host = '127.0.0.1'): Promise<string> {
  const server = createServer((request, response) => answer(response, request));
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, host, resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}/v1`;
}

/** Begins a stream of events and sends some; it stays open. */
export function events(response: ServerResponse, ...data: readonly string[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const each of data) response.write(each);
}

export const event = (chunk: unknown): string => `data: ${JSON.stringify(chunk)}\n\n`;
