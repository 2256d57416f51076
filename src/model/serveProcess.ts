import { ErrorCodes, ResponseError } from 'vscode-jsonrpc';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import { toInklingError } from '../protocol/errors.ts';
import type { ErrorData } from '../protocol/inference.ts';
import { pingRequest } from '../protocol/process.ts';

/**
 * The connection to the process that forked this one, with which this one ends. Handlers that are added at once miss
 * no message.
 */
export function serveProcess(): MessageConnection {
  const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
  connection.onClose(() => process.exit(0));
  process.on('disconnect', () => process.exit(0)); // nobody is left to answer
  connection.onRequest(pingRequest, () => null);
  connection.listen();
  return connection;
}

/** The answer to a request. Here, and nowhere else, errors become error codes. */
export async function answered<T>(work: () => T | Promise<T>): Promise<T | ResponseError<ErrorData>> {
  try {
    return await work();
  } catch (error) {
    const { code, message, sentence } = toInklingError(error);
    return new ResponseError(ErrorCodes.InternalError, message, { code, ...(sentence && { sentence }) });
  }
}
