import type { MessageConnection } from 'vscode-jsonrpc';
import { answered, serveProcess } from '../model/serveProcess.ts';
import {
  detokenizeRequest,
  devicesRequest,
  type GeneratedToken,
  generateRequest,
  loadProgressNotification,
  loadRequest,
  memoryRequest,
  movedNotification,
  ownWordsRequest,
  partialNotification,
  scoreEachRequest,
  scoreRequest,
  tokenizeRequest,
  unloadedNotification,
} from '../protocol/inference.ts';
import { probeArgument, serveProbe } from './devices/probe.ts';
import { Engine } from './engine.ts';

/** Serves one connection. */
export function serve(connection: MessageConnection): void {
  const engine = new Engine({
    onProgress: (progress) => void connection.sendNotification(loadProgressNotification, progress),
    onMoved: (model) => void connection.sendNotification(movedNotification, model),
    onUnloaded: (modelFolder) => void connection.sendNotification(unloadedNotification, { modelFolder }),
  });

  connection.onRequest(loadRequest, (request) => answered(() => engine.load(request)));
  connection.onRequest(generateRequest, (request, token) => {
    const onPartial = (text: string, tokens: readonly GeneratedToken[]) =>
      void connection.sendNotification(partialNotification, { id: request.id, text, tokens });
    return answered(() => engine.generate(request, token, onPartial));
  });
  connection.onRequest(scoreRequest, (request, token) => answered(() => engine.score(request, token)));
  connection.onRequest(scoreEachRequest, (request, token) => answered(() => engine.scoreEach(request, token)));
  connection.onRequest(tokenizeRequest, ({ text }) =>
    answered(() => engine.tokenize(text).then((tokens) => ({ tokens }))),
  );
  connection.onRequest(detokenizeRequest, ({ tokens }) =>
    answered(() => engine.detokenize(tokens).then((text) => ({ text }))),
  );
  connection.onRequest(ownWordsRequest, (request) => answered(() => engine.ownWords(request)));
  connection.onRequest(devicesRequest, ({ modelFolder }) => answered(() => engine.devices(modelFolder)));
  connection.onRequest(memoryRequest, () => engine.memory());
}

// Entry of the inference process: a server, or a probe of one device.
if (process.argv[2] === probeArgument) serveProbe();
else serve(serveProcess());
