/** Entry of the inference process: JSON-RPC over the channel that `fork` opened. */
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { probeArgument, serveProbe } from './devices/probe.ts';
import { serve } from './server.ts';

if (process.argv[2] === probeArgument) {
  serveProbe();
} else {
  const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
  connection.onClose(() => process.exit(0));
  process.on('disconnect', () => process.exit(0)); // the parent died: nobody is left to answer
  serve(connection);
  connection.listen();
}
