import type { CancellationToken, MessageConnection } from 'vscode-jsonrpc';
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
  const engine = new Engine(
    (progress) => void connection.sendNotification(loadProgressNotification, progress),
    (model) => void connection.sendNotification(movedNotification, model),
  );
  const idle = new IdleUnload(
    engine,
    (modelFolder) => void connection.sendNotification(unloadedNotification, { modelFolder }),
  );

  connection.onRequest(loadRequest, (request) =>
    answered(idle.during(() => engine.load(request)).finally(() => idle.setDelay(request.idleUnloadMs))),
  );
  connection.onRequest(generateRequest, (request, token) =>
    answered(
      idle.during(() =>
        engine.generate(
          request,
          token,
          (text) => void connection.sendNotification(partialNotification, { id: request.id, text }),
        ),
      ),
    ),
  );
  connection.onRequest(scoreRequest, (request, token: CancellationToken) =>
    answered(idle.during(() => engine.score(request, token))),
  );
  connection.onRequest(scoreEachRequest, (request, token: CancellationToken) =>
    answered(idle.during(() => engine.scoreEach(request, token))),
  );
  connection.onRequest(tokenizeRequest, ({ text }) =>
    answered(idle.during(async () => ({ tokens: await engine.tokenize(text) }))),
  );
  connection.onRequest(detokenizeRequest, ({ tokens }) =>
    answered(idle.during(async () => ({ text: await engine.detokenize(tokens) }))),
  );
  connection.onRequest(ownWordsRequest, (request) => answered(idle.during(() => engine.ownWords(request))));
  connection.onRequest(devicesRequest, ({ modelFolder }) => answered(idle.during(() => engine.devices(modelFolder))));
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

/** Unloads the model when nothing has been asked for a while; while something runs, no timer does. */
class IdleUnload {
  private delayMs = 0;
  private running = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly onUnloaded: (modelFolder: string) => void,
  ) {}

  setDelay(delayMs: number): void {
    this.delayMs = delayMs;
    this.restart();
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.running++;
    clearTimeout(this.timer);
    try {
      return await work();
    } finally {
      this.running--;
      this.restart();
    }
  }

  private restart(): void {
    clearTimeout(this.timer);
    if (this.delayMs === 0 || this.running > 0) return;
    this.timer = setTimeout(() => void this.unload(), this.delayMs);
    this.timer.unref();
  }

  private async unload(): Promise<void> {
    const { isLoaded, modelFolder } = this.engine;
    if (!isLoaded || this.running > 0) return;
    await this.engine.unload();
    this.onUnloaded(modelFolder!);
  }
}
