import { constants, setPriority } from 'node:os';
import type { MessageConnection } from 'vscode-jsonrpc';
import { openModelFolder } from '../model/modelFolder.ts';
import { answered, serveProcess } from '../model/serveProcess.ts';
import { whenCancelled } from '../model/whenCancelled.ts';
import { InklingError, sentence } from '../protocol/errors.ts';
import {
  exportRunRequest,
  heldOutRequest,
  type Preparation,
  pauseRequest,
  preparationNotification,
  proseRequest,
  resumeRequest,
  stopRequest,
  surveyRequest,
  type TrainingEvent,
  trainingEventNotification,
  trainRequest,
} from '../protocol/training.ts';
import { type Corpus, readCorpus } from './corpus/readCorpus.ts';
import { heldOutTexts, proseTokens, type ReadTexts, readTokens } from './dataset/tokenizedCorpus.ts';
import { exportRun } from './exportRun.ts';
import { MessageControl } from './loop/trainingControl.ts';
import { runTraining } from './runTraining.ts';

/** Serves one connection, one run at a time. */
export function serve(connection: MessageConnection): void {
  let running: MessageControl | undefined;
  const send = (event: TrainingEvent) => void connection.sendNotification(trainingEventNotification, event);
  const onPreparation = (preparation: Preparation) =>
    void connection.sendNotification(preparationNotification, preparation);
  const reading = readingOnce(onPreparation);

  connection.onRequest(surveyRequest, (request, token) =>
    answered(async () => (await readTokens(request, openModelFolder(request.modelFolder), token))?.report ?? null),
  );
  connection.onRequest(heldOutRequest, (request, token) =>
    answered(async () => (await heldOutTexts(request, token, reading.forLater)) ?? null),
  );
  connection.onRequest(proseRequest, (request, token) =>
    answered(async () => (await proseTokens(request, token)) ?? null),
  );
  connection.onRequest(exportRunRequest, (request, token) =>
    answered(async () => (await exportRun(request, token)) ?? null),
  );
  connection.onRequest(trainRequest, (request, token) =>
    answered(async () => {
      if (running) throw new InklingError('internal', sentence`A training run is going on already: stop it first.`);
      const control = new MessageControl();
      running = control;
      whenCancelled(token, () => control.requestStop(false));
      try {
        return await runTraining(request, { control, onEvent: send, onPreparation, readTexts: reading.now });
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

/** A run and what is kept apart for it read the same texts: what was read for the one is handed on to the other. */
function readingOnce(onPreparation: (preparation: Preparation) => void): { forLater: ReadTexts; now: ReadTexts } {
  let kept: { readonly key: string; readonly corpus: Corpus } | undefined;
  const now: ReadTexts = async (paths, options, token) => {
    const ready = kept?.key === JSON.stringify([paths, options]) ? kept.corpus : undefined;
    kept = undefined;
    if (ready) return ready;
    let percent = -1;
    return readCorpus(paths, options, token, (fraction) => {
      if (Math.floor(100 * fraction) === percent) return;
      percent = Math.floor(100 * fraction);
      onPreparation({ stage: 'texts', fraction });
    });
  };
  const forLater: ReadTexts = async (paths, options, token) => {
    const corpus = await now(paths, options, token);
    kept = corpus && { key: JSON.stringify([paths, options]), corpus };
    return corpus;
  };
  return { forLater, now };
}

// Entry of the training process.
setPriority(constants.priority.PRIORITY_LOW); // first of all: the runtime's threads inherit it
process.umask(0o077); // what is written here tells of a person's texts: it is readable by that person alone
serve(serveProcess());
