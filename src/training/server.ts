import type { MessageConnection } from 'vscode-jsonrpc';
import { openModelFolder } from '../model/modelFolder.ts';
import { answered } from '../model/serveProcess.ts';
import { InklingError } from '../protocol/errors.ts';
import {
  exportRunRequest,
  heldOutRequest,
  pauseRequest,
  proseRequest,
  resumeRequest,
  stopRequest,
  surveyRequest,
  type TrainingEvent,
  trainingEventNotification,
  trainRequest,
} from '../protocol/training.ts';
import { readTokens } from './dataset/tokenizedCorpus.ts';
import { exportRun } from './exportRun.ts';
import { heldOutTexts } from './heldOutTexts.ts';
import { MessageControl } from './loop/trainingControl.ts';
import { proseTokens } from './proseTokens.ts';
import { runTraining } from './runTraining.ts';

/** Serves one connection, one run at a time. */
export function serve(connection: MessageConnection): void {
  let running: MessageControl | undefined;
  const send = (event: TrainingEvent) => void connection.sendNotification(trainingEventNotification, event);

  connection.onRequest(surveyRequest, (request, token) =>
    answered(async () => (await readTokens(request, openModelFolder(request.modelFolder), token))?.report ?? null),
  );
  connection.onRequest(heldOutRequest, (request, token) =>
    answered(async () => (await heldOutTexts(request, token)) ?? null),
  );
  connection.onRequest(proseRequest, (request, token) =>
    answered(async () => (await proseTokens(request, token)) ?? null),
  );
  connection.onRequest(exportRunRequest, (request, token) =>
    answered(async () => (await exportRun(request, token)) ?? null),
  );
  connection.onRequest(trainRequest, (request, token) =>
    answered(async () => {
      if (running) throw new InklingError('internal', 'A training run is going on already: stop it first.');
      const control = new MessageControl();
      running = control;
      token.onCancellationRequested(() => control.requestStop(false));
      try {
        return await runTraining(request, { control, onEvent: send });
      } finally {
        control.end();
        running = undefined;
      }
    }),
  );
  connection.onRequest(pauseRequest, async () => {
    await running?.requestPause();
    return null;
  });
  connection.onRequest(resumeRequest, () => {
    running?.resume();
    return null;
  });
  connection.onRequest(stopRequest, ({ keep }) => {
    running?.requestStop(keep);
    return null;
  });
}
