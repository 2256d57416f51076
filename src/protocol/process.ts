/** What every process of the product answers, whatever it does. */
import { RequestType0 } from 'vscode-jsonrpc';
import type { ErrorData } from './inference.ts';

/** Answered between two pieces of work; an answer that stays away means that the process hangs. */
export const pingRequest = new RequestType0<null, ErrorData>('process/ping');
