/** Entry of the store process: short-lived, so that conversion and hashing never stand in the way of typing. */
import { constants, homedir, setPriority } from 'node:os';
import type { CancellationToken } from 'vscode-jsonrpc/node.js';
import { abandonedMs, removeAbandoned } from '../model/files/unfinishedFolder.ts';
import { removeDeadRuns, removeRun, stateOfRun } from '../model/runFolder.ts';
import { answered, serveProcess } from '../model/serveProcess.ts';
import { whenCancelled } from '../model/whenCancelled.ts';
import {
  addAdapterRequest,
  exportAdapterRequest,
  listAdaptersRequest,
  removeAdapterRequest,
  removeDeadRunsRequest,
  removeRunRequest,
  renameAdapterRequest,
  runStateRequest,
  saveReportRequest,
  showAdapterRequest,
} from '../protocol/adapters.ts';
import {
  convertModelRequest,
  type DownloadStage,
  discardDownloadRequest,
  downloadModelRequest,
  findModelsRequest,
  listModelsRequest,
  moveModelRequest,
  recommendModelsRequest,
  removeModelRequest,
  searchHubRequest,
  showModelRequest,
  storeProgressNotification,
  verifyModelRequest,
} from '../protocol/store.ts';
import {
  addAdapter,
  copyAdapter,
  listAdapters,
  removeAdapter,
  renameAdapter,
  saveReport,
  showAdapter,
} from './adapterStore.ts';
import { convertModel } from './convertModel.ts';
import { findModels } from './foundModels.ts';
import { listModels, showModel } from './modelCatalogue.ts';
import { moveModel } from './moveModel.ts';
import { recommendModels } from './recommendModels.ts';
import { removeModel } from './removeModel.ts';
import { verifyModel } from './verifyModel.ts';

const connection = serveProcess();
const onProgress = (done: number, total: number, stage?: DownloadStage) =>
  void connection.sendNotification(storeProgressNotification, { done, total, ...(stage && { stage }) });

connection.onRequest(listModelsRequest, ({ folders, elsewhere }) =>
  answered(() => {
    for (const folder of folders) tidy(folder);
    return listModels(folders, elsewhere);
  }),
);
connection.onRequest(showModelRequest, ({ modelFolder }) => answered(() => showModel(modelFolder)));
connection.onRequest(verifyModelRequest, ({ modelFolder }) => answered(() => verifyModel(modelFolder, onProgress)));
connection.onRequest(convertModelRequest, (request, token) => {
  giveTypingTheProcessor();
  return answered(() => convertModel(request, onProgress, { signal: signalOf(token) }));
});
connection.onRequest(downloadModelRequest, (request, token) => {
  giveTypingTheProcessor();
  return answered(async () => {
    const { downloadModel } = await import('./hub/downloadModel.ts'); // the only part that can open a connection
    return downloadModel(request, { signal: signalOf(token), onProgress });
  });
});
connection.onRequest(searchHubRequest, (request, token) =>
  answered(async () => {
    const { searchHub } = await import('./hub/searchHub.ts');
    return searchHub(request, signalOf(token));
  }),
);
connection.onRequest(discardDownloadRequest, (request) =>
  answered(async () => {
    const { discardDownload } = await import('./hub/downloadModel.ts');
    discardDownload(request);
    return null;
  }),
);
connection.onRequest(removeModelRequest, (request) => answered(() => removeModel(request)));
connection.onRequest(moveModelRequest, (request, token) => {
  giveTypingTheProcessor();
  return answered(() => moveModel(request, { signal: signalOf(token), onProgress }));
});
connection.onRequest(findModelsRequest, ({ projects }) =>
  answered(() =>
    findModels({ home: homedir(), platform: process.platform, environment: process.env, root: '/', projects }),
  ),
);
connection.onRequest(recommendModelsRequest, (request) => answered(() => recommendModels(request)));
connection.onRequest(listAdaptersRequest, (request) => answered(() => listAdapters(request)));
connection.onRequest(showAdapterRequest, (request) => answered(() => showAdapter(request)));
connection.onRequest(addAdapterRequest, (request) => answered(() => addAdapter(request)));
connection.onRequest(exportAdapterRequest, ({ folder, target }) => carriedOut(() => copyAdapter(folder, target)));
connection.onRequest(renameAdapterRequest, ({ folder, name }) => answered(() => renameAdapter(folder, name)));
connection.onRequest(removeAdapterRequest, (request) => answered(() => removeAdapter(request)));
connection.onRequest(runStateRequest, ({ outputFolder }) => answered(() => stateOfRun(outputFolder)));
connection.onRequest(removeRunRequest, ({ outputFolder }) => carriedOut(() => removeRun(outputFolder)));
connection.onRequest(removeDeadRunsRequest, ({ adaptersFolder }) => carriedOut(() => removeDeadRuns(adaptersFolder)));
connection.onRequest(saveReportRequest, ({ folder, report }) => carriedOut(() => saveReport(folder, report)));
// an exit that is asked for lets what is half done be deleted; an unexpected one is cleaned up by the next that writes there
process.on('SIGTERM', () => process.exit(143));
process.on('SIGINT', () => process.exit(130));

/** A folder in which nothing may be deleted is listed all the same. */
function tidy(folder: string): void {
  try {
    removeAbandoned(folder, abandonedMs);
  } catch {
    // the next model that is added there tries again
  }
}

function signalOf(token: CancellationToken): AbortSignal {
  const stop = new AbortController();
  whenCancelled(token, () => stop.abort());
  return stop.signal;
}

/** Conversion takes all the processor that there is, for minutes. */
function giveTypingTheProcessor(): void {
  try {
    setPriority(constants.priority.PRIORITY_LOW);
  } catch {
    // the system forbids it
  }
}

/** For requests that are answered when something is done. */
const carriedOut = (work: () => void) =>
  answered(() => {
    work();
    return null;
  });
