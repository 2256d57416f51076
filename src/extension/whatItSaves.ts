import { constants } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { lowerPriority } from '../client/childProcess.ts';
import type { InferenceClient } from '../client/inferenceClient.ts';
import type { Processes } from '../client/processes.ts';
import type { LoadRequest, OwnText } from '../protocol/inference.ts';
import { seededRandom } from '../protocol/seededRandom.ts';
import { languageOfFile } from '../text/languages.ts';
import { type ReportContents, type ReportLanguage, reportPage } from '../writing/simulator/reportPage.ts';
import { englishGroupNames, englishReportTexts } from '../writing/simulator/reportTexts.ts';
import { ShownSuggestions } from '../writing/simulator/shownSuggestions.ts';
import { simulate } from '../writing/simulator/simulation.ts';
import type { WrittenText } from '../writing/simulator/writtenText.ts';
import { loadRequestOf, type Settings } from './settings/settings.ts';
import { isReadable, ownProse } from './workspaceWords.ts';

/** Some minutes on a slow machine, and enough for figures that mean something. */
const maxCarets = 600;
/** That are typed: every second one at most, so that the others can be known. */
const maxFiles = 12;
const seed = 1;
/** Nobody waits for it with the hands on the keys. */
const priority = constants.priority.PRIORITY_LOW;
/** Carets after which the pace is known. */
const paceAfter = 20;

interface WhatItSavesParts {
  readonly processes: Processes;
  readonly settings: Settings;
}

/**
 * Types some of the workspace's prose again with a writer who is simulated, and shows what suggestions would have saved. It
 * runs in a process of its own, so that typing goes on; nothing is asked and nothing is kept.
 */
export async function showWhatItSaves(parts: WhatItSavesParts): Promise<void> {
  if (!(await isReadable(l10n.t('Inkling reads the files of a workspace only where you trust it.')))) return;
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: l10n.t('Typing some of your texts again to see what Inkling would have saved…'),
    cancellable: true,
  };
  const contents = await vscode.window.withProgress(options, (progress, token) => {
    progress.report({ message: l10n.t('this takes some minutes') });
    return typedAgain(parts, progress, token);
  });
  if (contents === 'cancelled') return;
  if (!contents) {
    await vscode.window.showInformationMessage(
      l10n.t('There is no prose in this workspace that could be typed again.'),
    );
    return;
  }
  const panel = vscode.window.createWebviewPanel(
    'inkling.whatItSaves',
    l10n.t('What It Would Save'),
    vscode.ViewColumn.Active,
    {
      enableScripts: false,
      localResourceRoots: [],
    },
  );
  panel.webview.html = reportPage(contents, personsLanguage);
}

type Progress = Parameters<Parameters<typeof vscode.window.withProgress>[1]>[0];

/** @returns undefined where there is nothing to type */
async function typedAgain(
  { processes, settings }: WhatItSavesParts,
  progress: Progress,
  token: vscode.CancellationToken,
): Promise<ReportContents | 'cancelled' | undefined> {
  const load = loadRequestOf(processes.findModel(settings.general.model), settings.general);
  const { typed, known } = await proseOfWorkspace(processes, load, token);
  if (token.isCancellationRequested) return 'cancelled';
  if (typed.length === 0) return undefined;
  const client = processes.inference();
  client.onStateChange(() => lowerPriority(client.processId, priority));
  const stop = token.onCancellationRequested(() => void client.dispose());
  try {
    client.use(load);
    const { name, modelFolder } = await client.load();
    if (known.length > 0) await client.useOwnWords({ modelFolder, texts: known, replaces: 'all' });
    return await contentsOf(client, { typed, ownFiles: known.length, model: name }, progress);
  } catch (error) {
    if (token.isCancellationRequested) return 'cancelled'; // its process was ended
    throw error;
  } finally {
    stop.dispose();
    await client.dispose();
  }
}

interface Typed {
  readonly typed: readonly WrittenText[];
  readonly ownFiles: number;
  readonly model: string;
}

async function contentsOf(
  client: InferenceClient,
  { typed, ownFiles, model }: Typed,
  progress: Progress,
): Promise<ReportContents> {
  const shown = new ShownSuggestions(typed, seed);
  const total = Math.min(
    maxCarets,
    typed.reduce((sum, { text }) => sum + text.length, 0),
  );
  const startedAt = performance.now();
  let carets = 0;
  const report = await simulate(client, typed, {
    policy: 'gated',
    maxCarets,
    seed,
    stopwatch: performance,
    onCaret: (caret) => {
      shown.add(caret);
      carets++;
      const minutes = (((performance.now() - startedAt) / carets) * Math.max(0, total - carets)) / 60_000;
      const message = l10n.t('about {0} min left', Math.max(1, Math.ceil(minutes)));
      progress.report({ increment: 100 / total, ...(carets >= paceAfter && { message }) });
    },
  });
  return { report, shown, model, conditions: { policy: 'gated', midLine: false, slips: 0, ownFiles } };
}

/** Some texts to type, chosen by chance, and what the model may know: the others. */
async function proseOfWorkspace(
  processes: Processes,
  { modelFolder }: LoadRequest,
  token: vscode.CancellationToken,
): Promise<{ typed: WrittenText[]; known: OwnText[] }> {
  const reader = processes.training();
  const stop = token.onCancellationRequested(() => void reader.dispose());
  const files: { file: string; tokens: readonly number[] }[] = [];
  try {
    for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
      for (const { path: below, tokens } of await ownProse(reader, uri, modelFolder))
        files.push({ file: path.join(uri.fsPath, below), tokens });
    }
  } catch (error) {
    if (!token.isCancellationRequested) throw error;
  } finally {
    stop.dispose();
    await reader.dispose();
  }
  const random = seededRandom(seed);
  const order = files.map((one) => ({ ...one, place: random() })).toSorted((a, b) => a.place - b.place);
  const count = Math.min(maxFiles, Math.ceil(order.length / 2));
  const typed = await Promise.all(order.slice(0, count).map(({ file }) => textOf(file)));
  const known = order.slice(count).map(({ file, tokens }) => ({ name: vscode.Uri.file(file).toString(), tokens }));
  return { typed, known };
}

/** As it lies on disk, named as in the workspace. */
async function textOf(file: string): Promise<WrittenText> {
  const uri = vscode.Uri.file(file);
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  return { path: vscode.workspace.asRelativePath(uri), languageId: languageOfFile(file)?.id ?? 'plaintext', text };
}

const personsLanguage: ReportLanguage = {
  tag: vscode.env.language,
  say: (code, ...parts) => l10n.t(englishReportTexts[code], ...parts),
  nameOf: (code) => l10n.t(englishGroupNames[code]),
};
