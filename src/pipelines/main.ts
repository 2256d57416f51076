/** Entry of the pipelines process: models made for one task, beside the decoder. One is open, and one request runs, at a time. */
import type { CancellationToken } from 'vscode-jsonrpc';
import { openPipelineFolder } from '../model/pipelineFolder.ts';
import { answered, serveProcess } from '../model/serveProcess.ts';
import { defaultThreads } from '../model/threads.ts';
import { InklingError, type Sentence, sentence } from '../protocol/errors.ts';
import {
  classifyRequest,
  embedRequest,
  fillMaskRequest,
  openPipelineRequest,
  type PipelineKind,
  type PipelineModel,
  rewriteTextsRequest,
  tagRequest,
} from '../protocol/pipelines.ts';
import { type OpenPipeline, openPipeline } from './openPipeline.ts';
import { classify, embed, fillMask } from './readTexts.ts';
import { rewriteTexts } from './rewriteTexts.ts';
import { tagWords } from './tagWords.ts';

const connection = serveProcess();
let open: OpenPipeline | undefined;
let last: Promise<unknown> = Promise.resolve();

connection.onRequest(openPipelineRequest, ({ folder }) =>
  answered(() => inTurn(async () => summary(await opened(folder)))),
);
connection.onRequest(rewriteTextsRequest, (request, token: CancellationToken) =>
  used('text2text', request.folder, (pipeline) => rewriteTexts(pipeline, request, token)),
);
connection.onRequest(fillMaskRequest, (request) =>
  used('fillMask', request.folder, (pipeline) => fillMask(pipeline, request)),
);
connection.onRequest(embedRequest, ({ folder, texts }) =>
  used('embedding', folder, (pipeline) => embed(pipeline, texts)),
);
connection.onRequest(classifyRequest, ({ folder, texts }) =>
  used('classification', folder, (pipeline) => classify(pipeline, texts)),
);
connection.onRequest(tagRequest, ({ folder, texts }) =>
  used('tagging', folder, (pipeline) => tagWords(pipeline, texts)),
);

function used<Kind extends PipelineKind, T>(
  kind: Kind,
  folder: string,
  work: (pipeline: OpenPipeline<Kind>) => Promise<T>,
) {
  return answered(() =>
    inTurn(async () => {
      refuseOther(kind, openPipelineFolder(folder));
      return work((await opened(folder)) as OpenPipeline<Kind>);
    }),
  );
}

function refuseOther(kind: PipelineKind, model: PipelineModel): void {
  if (model.kind === kind) return;
  throw new InklingError(
    'modelUnsupported',
    sentence`${model.name} is a model for ${purposes[model.kind]}; one for ${purposes[kind]} is needed.`,
  );
}

const purposes: Readonly<Record<PipelineKind, Sentence>> = {
  text2text: sentence`rewriting texts`,
  fillMask: sentence`filling gaps`,
  embedding: sentence`comparing texts`,
  classification: sentence`classifying texts`,
  tagging: sentence`labelling words`,
};

async function opened(folder: string): Promise<OpenPipeline> {
  if (open?.model.folder === folder) return open;
  const former = open;
  open = undefined;
  await former?.run.dispose();
  open = await openPipeline(folder, defaultThreads());
  return open;
}

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = last.then(work);
  last = turn.catch(() => undefined);
  return turn;
}

const summary = ({ model }: OpenPipeline): PipelineModel => {
  const { name, folder, kind, architecture, uses, languages, contextTokens } = model;
  return { name, folder, kind, architecture, uses, contextTokens, ...(languages ? { languages } : {}) };
};
