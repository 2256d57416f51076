import type { MessageConnection } from 'vscode-jsonrpc';
import { ErrorCodes, ResponseError } from 'vscode-jsonrpc';
import { toInklingError } from '../protocol/errors.ts';
import {
  detokenizeRequest,
  devicesRequest,
  type ErrorData,
  generateRequest,
  loadProgressNotification,
  loadRequest,
  memoryRequest,
  movedNotification,
  ownWordsRequest,
  partialNotification,
  pingRequest,
  scoreEachRequest,
  scoreRequest,
  tokenizeRequest,
  unloadedNotification,
} from '../protocol/inference.ts';
import { Engine } from './engine.ts';

/** Serves one connection. Errors become error codes here and nowhere else. */
export function serve(connection: MessageConnection): void {
  const engine = new Engine({
    onProgress: (progress) => void connection.sendNotification(loadProgressNotification, progress),
    onMoved: (model) => void connection.sendNotification(movedNotification, model),
    onUnloaded: (modelFolder) => void connection.sendNotification(unloadedNotification, { modelFolder }),
  });

  connection.onRequest(loadRequest, (request) => answered(engine.load(request)));
  connection.onRequest(generateRequest, (request, token) => {
    const onPartial = (text: string) => void connection.sendNotification(partialNotification, { id: request.id, text });
    return answered(engine.generate(request, token, onPartial));
  });
  connection.onRequest(scoreRequest, (request, token) => answered(engine.score(request, token)));
  connection.onRequest(scoreEachRequest, (request, token) => answered(engine.scoreEach(request, token)));
  connection.onRequest(tokenizeRequest, ({ text }) => answered(engine.tokenize(text).then((tokens) => ({ tokens }))));
  connection.onRequest(detokenizeRequest, ({ tokens }) =>
    answered(engine.detokenize(tokens).then((text) => ({ text }))),
  );
  connection.onRequest(ownWordsRequest, (request) => answered(engine.ownWords(request)));
  connection.onRequest(devicesRequest, ({ modelFolder }) => answered(engine.devices(modelFolder)));
  connection.onRequest(memoryRequest, () => engine.memory());
  connection.onRequest(pingRequest, () => null);
}

async function answered<T>(work: Promise<T>): Promise<T | ResponseError<ErrorData>> {
  try {
    return await work;
  } catch (error) {
    const { code, message } = toInklingError(error);
    return new ResponseError(ErrorCodes.InternalError, message, { code });
  }
}
