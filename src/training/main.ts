/** Entry of the training process: JSON-RPC over the channel that `fork` opened. */
import { constants, setPriority } from 'node:os';
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { serve } from './server.ts';

setPriority(constants.priority.PRIORITY_LOW); // first of all: the runtime's threads inherit it

process.umask(0o077); // what is written here tells of a person's texts: it is readable by that person alone

const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
connection.onClose(() => process.exit(0));
process.on('disconnect', () => process.exit(0)); // the parent died: the checkpoint is what remains
serve(connection);
connection.listen();
