import { createHash } from 'node:crypto';
import { constants } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { lowerPriority } from '../client/childProcess.ts';
import type { InferenceClient } from '../client/inferenceClient.ts';
import { loadWithAdapter } from '../client/loadWithAdapter.ts';
import { findAdapterFolder } from '../client/modelFolders.ts';
import type { Processes } from '../client/processes.ts';
import type { LoadRequest, OwnText } from '../protocol/inference.ts';
import type { ModelSavings } from '../protocol/modelsPage.ts';
import { seededRandom } from '../protocol/seededRandom.ts';
import { isForeign } from '../text/documentLanguage.ts';
import { languageOfFile } from '../text/languages.ts';
import {
  type ReportConditions,
  type ReportContents,
  type ReportLanguage,
  reportPage,
} from '../writing/simulator/reportPage.ts';
import { englishGroupNames, englishReportTexts } from '../writing/simulator/reportTexts.ts';
import { ShownSuggestions } from '../writing/simulator/shownSuggestions.ts';
import { simulate } from '../writing/simulator/simulation.ts';
import type { WrittenText } from '../writing/simulator/writtenText.ts';
import { type EngineSettings, loadRequestOf, type Settings } from './settings/settings.ts';
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
  /** suggestions come from a server while one writes */
  readonly hasServer: () => boolean;
}

/** What the report says of a model, in short. */
export interface WhatItSaved {
  readonly modelFolder: string;
  readonly savings: ModelSavings;
  /** the same for all models that typed the same texts in the same way, by themselves; undefined with an adapter */
  readonly comparable: string | undefined;
}

/**
 * Types some of the workspace's prose again with a writer who is simulated, and shows what suggestions would have saved,
 * with the model, the adapter and the settings that hold while one writes. It runs in a process of its own, so that typing
 * goes on; nothing is asked, no text is kept and nothing is sent.
 * @param modelFolder of another model, which is tried without an adapter
 * @returns undefined where nothing was typed
 */
export async function showWhatItSaves(parts: WhatItSavesParts, modelFolder?: string): Promise<WhatItSaved | undefined> {
  if (!(await isReadable(l10n.t('Inkling reads the files of a workspace only where you trust it.')))) return undefined;
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: l10n.t('Typing some of your texts again to see what Inkling would have saved…'),
    cancellable: true,
  };
  const typed = await vscode.window.withProgress(options, (progress, token) => {
    progress.report({ message: l10n.t('this takes some minutes') });
    return typedAgain({ ...parts, ...(modelFolder !== undefined && { modelFolder }) }, progress, token);
  });
  if (typed === 'cancelled') return undefined;
  if (!typed) {
    await vscode.window.showInformationMessage(
      l10n.t('There is no prose in this workspace that could be typed again.'),
    );
    return undefined;
  }
  const panel = vscode.window.createWebviewPanel(
    'inkling.whatItSaves',
    l10n.t('What It Would Save'),
    // Whoever has gone on writing for these minutes goes on writing, and the page of models stays beside what it asked for.
    vscode.window.activeTextEditor || modelFolder !== undefined
      ? { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }
      : vscode.ViewColumn.Active,
    {
      enableScripts: false,
      localResourceRoots: [],
    },
  );
  panel.webview.html = reportPage(typed.contents, personsLanguage);
  return typed.saved;
}

type Progress = Parameters<Parameters<typeof vscode.window.withProgress>[1]>[0];

/** @returns undefined where there is nothing to type */
async function typedAgain(
  { processes, settings, hasServer, modelFolder: other }: WhatItSavesParts & { readonly modelFolder?: string },
  progress: Progress,
  token: vscode.CancellationToken,
): Promise<{ contents: ReportContents; saved: WhatItSaved } | 'cancelled' | undefined> {
  const load = loadRequestOf(other ?? processes.findModel(settings.general.model), settings.general);
  const prose = await proseOfWorkspace(processes, load, settings, token);
  if (token.isCancellationRequested) return 'cancelled';
  if (prose.typed.length === 0) return undefined;
  const { ownWords } = settings.general;
  const known = ownWords ? prose.known : [];
  const client = processes.inference();
  client.onStateChange(() => lowerPriority(client.processId, priority));
  const stop = token.onCancellationRequested(() => void client.dispose());
  try {
    const { general } = settings;
    const adapter = await loaded(client, load, other === undefined ? general : { ...general, adapter: '' });
    const { name: model, modelFolder, languages } = await client.load();
    const typed = await Promise.all(
      prose.typed.map(async (text) => ({
        ...text,
        isForeign: await isForeign(text, languages, settings.textLanguage(text)),
      })),
    );
    if (known.length > 0) await client.useOwnWords({ modelFolder, texts: known, replaces: 'all' });
    const ownFiles = ownWords ? known.length : undefined;
    const usual = { policy: 'gated', midLine: false, slips: 0 } as const;
    const conditions = { ...usual, ownFiles, adapter, hasServer: hasServer() };
    const contents = { model, ...(await contentsOf(client, { typed, settings, conditions }, progress)) };
    return { contents, saved: savedIn(contents, { modelFolder, typed, settings }) };
  } catch (error) {
    if (token.isCancellationRequested) return 'cancelled'; // its process was ended
    throw error;
  } finally {
    stop.dispose();
    await client.dispose();
  }
}

function savedIn(
  { report, conditions: { adapter, ownFiles } }: ReportContents,
  { modelFolder, typed, settings }: Pick<Typing, 'typed' | 'settings'> & { readonly modelFolder: string },
): WhatItSaved {
  const { netKeystrokesSaved: share, intervals } = report;
  const texts = typed.map((one) => [one.path, one.text, settings.textLanguage(one), settings.completion(one)]);
  const how = [texts, ownFiles];
  const comparable = adapter ? undefined : createHash('sha256').update(JSON.stringify(how)).digest('hex');
  return { modelFolder, savings: { share, interval: intervals.netKeystrokesSaved }, comparable };
}

/** Loads the model with the adapter that is switched on, if one is, and without it where it cannot be used. */
async function loaded(
  client: InferenceClient,
  load: LoadRequest,
  { adapter: name, adapterStrength: strength }: EngineSettings,
): Promise<ReportConditions['adapter']> {
  if (name === '') {
    client.use(load);
    return undefined;
  }
  try {
    const folder = findAdapterFolder(name);
    const refusal = await loadWithAdapter(client, load, { folder, strength });
    return { name: path.basename(name), isRefused: refusal !== undefined };
  } catch {
    client.use(load); // it is not there any more
    return { name: path.basename(name), isRefused: true };
  }
}

interface TypedText extends WrittenText {
  readonly uri: vscode.Uri;
}

interface Typing {
  readonly typed: readonly TypedText[];
  readonly settings: Settings;
  readonly conditions: ReportConditions;
}

async function contentsOf(
  client: InferenceClient,
  { typed, settings, conditions }: Typing,
  progress: Progress,
): Promise<Omit<ReportContents, 'model'>> {
  const shown = new ShownSuggestions(typed, seed);
  const total = Math.min(
    maxCarets,
    typed.reduce((sum, { text }) => sum + text.length, 0),
  );
  const startedAt = performance.now();
  let carets = 0;
  // Whoever has switched suggestions off asks what they would be worth.
  const settingsOf = new Map(typed.map((text) => [text.path, { ...settings.completion(text), enabled: true }]));
  const report = await simulate(client, typed, {
    policy: 'gated',
    settings: ({ path: of }) => settingsOf.get(of)!,
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
  const showing = [...new Set([...settingsOf.values()].map((of) => of.showing))];
  return { report, shown, conditions: { ...conditions, showing } };
}

/** Some texts to type, chosen by chance, and what the model may know: the others. */
async function proseOfWorkspace(
  processes: Processes,
  { modelFolder }: LoadRequest,
  settings: Settings,
  token: vscode.CancellationToken,
): Promise<{ typed: TypedText[]; known: OwnText[] }> {
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
  const isOn = ({ file }: { readonly file: string }) => settings.isLanguageOn(languageIdOf(file));
  const chosen = order.filter(isOn).slice(0, Math.min(maxFiles, Math.ceil(order.length / 2)));
  const typed = await Promise.all(chosen.map(({ file }) => textOf(file)));
  const others = order.filter((one) => !chosen.includes(one));
  const known = others.map(({ file, tokens }) => ({ name: vscode.Uri.file(file).toString(), tokens }));
  return { typed, known };
}

const languageIdOf = (file: string): string => languageOfFile(file)?.id ?? 'plaintext';

/** As it lies on disk, named as in the workspace. */
async function textOf(file: string): Promise<TypedText> {
  const uri = vscode.Uri.file(file);
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  return { uri, path: vscode.workspace.asRelativePath(uri), languageId: languageIdOf(file), text };
}

const personsLanguage: ReportLanguage = {
  tag: vscode.env.language,
  say: (code, ...parts) => l10n.t(englishReportTexts[code], ...parts),
  nameOf: (code) => l10n.t(englishGroupNames[code]),
};
