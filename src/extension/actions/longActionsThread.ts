import { parentPort } from 'node:worker_threads';
import { CancellationTokenSource } from 'vscode-jsonrpc';
import { InklingError } from '../../protocol/errors.ts';
import { runAction } from '../../writing/selection/runAction.ts';
import type { ActionEngine, ActionListener } from '../../writing/selection/selectionAction.ts';
import type { FromThread, ToThread } from './longActions.ts';

/** The way was chosen before: nothing here asks for a model. */
const refuse = (): never => {
  throw new InklingError('modelNotLoaded', 'No model answers here.');
};
const noEngine: ActionEngine = {
  load: async () => refuse(),
  tokenize: async () => refuse(),
  score: async () => refuse(),
  scoreEach: async () => refuse(),
  generate: async () => refuse(),
};

const failed = ({ code, message, sentence }: InklingError): FromThread => ({
  kind: 'failed',
  code,
  message,
  ...(sentence && { sentence }),
});

const port = parentPort!;
const tell = (message: FromThread) => port.postMessage(message);
const cancellation = new CancellationTokenSource();

port.on('message', (message: ToThread) => {
  if (message.kind === 'cancel') {
    cancellation.cancel();
    return;
  }
  const listener: ActionListener = {
    onProgress: (progress) => {
      tell({ kind: 'progress', progress });
      return new Promise<void>((resolve) => setImmediate(resolve)); // lets a cancel in
    },
  };
  void runAction(message.request, noEngine, cancellation.token, listener).then((outcome) =>
    outcome.kind === 'failed' ? tell(failed(outcome.error)) : tell({ kind: 'outcome', outcome }),
  );
});
