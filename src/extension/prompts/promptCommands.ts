import path from 'node:path';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { Proposals } from '../../providers/selection/proposals.ts';
import type { RunAction } from '../../providers/selection/proposed.ts';
import type { OwnPrompt, PromptOptions } from '../../writing/prompts/ownPrompt.ts';
import { asksForWish, fillPlaceholders } from '../../writing/prompts/placeholders.ts';
import { firstInstructions, promptFileName, promptTemplate } from '../../writing/prompts/readPromptFile.ts';
import { actionCatalogue } from '../../writing/selection/actionCatalogue.ts';
import { actionDescription, actionTitle, instructionPrompt } from '../actions/actionTitles.ts';
import { askInstruction, type InstructionHistory } from '../actions/askInstruction.ts';
import { runOnSelection } from '../actions/runOnSelection.ts';
import { findPromptFiles, type PromptFile, promptFaultText, workspacePromptFolders } from './promptFiles.ts';

export interface PromptCommandsOptions {
  readonly userFolder: vscode.Uri;
  readonly proposals: Proposals;
  readonly history: InstructionHistory;
  /** runs actions with sampling options of the prompt's */
  readonly runWith: (options: PromptOptions) => RunAction;
  /** tells the person where a prompt could not be run; asked before the person is asked for anything */
  readonly mayRun: (output: OwnPrompt['output'], input: OwnPrompt['input']) => Promise<boolean>;
  /** asks the person for something while the model reads what is selected, or what of it comes first */
  readonly readingAhead: <Answer>(
    asWhole: boolean,
    ask: () => Thenable<Answer | undefined>,
  ) => Promise<Answer | undefined>;
}

interface PromptItem extends vscode.QuickPickItem {
  readonly file?: PromptFile;
  readonly command?: string;
}

/** The prompt that a key binding names; a menu gives a resource instead. */
function titleIn(given: unknown): string | undefined {
  const { title } = (typeof given === 'object' && given !== null ? given : {}) as { readonly title?: unknown };
  return typeof title === 'string' ? title : undefined;
}

/**
 * Runs one of the person's own prompts.
 * @param given names it, from a key binding; otherwise, and when there is none of that title, the person chooses
 */
export async function choosePrompt(options: PromptCommandsOptions, given: unknown): Promise<void> {
  const title = titleIn(given);
  const files = await findPromptFiles(options.userFolder);
  const named = files.map(({ reading }) => reading).find((each) => isTitled(each, title));
  if (named?.kind === 'prompt') return runPrompt(named.prompt, options);
  const items: PromptItem[] = [
    ...files.map((file) => ({ ...labelOf(file), file })),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: `$(add) ${l10n.t('Make a New Prompt…')}`, command: 'inkling.newPrompt' },
  ];
  const choice = { title: l10n.t('Your own prompts'), matchOnDescription: true };
  const ask = () => vscode.window.showQuickPick(items, choice);
  const picked = await (files.length > 0 ? options.readingAhead(files.some(isAboutWhole), ask) : ask());
  if (picked?.command) await vscode.commands.executeCommand(picked.command);
  if (!picked?.file) return;
  const { uri, reading } = picked.file;
  if (reading.kind === 'broken') await vscode.window.showTextDocument(uri);
  else await runPrompt(reading.prompt, options);
}

const isAboutWhole = ({ reading }: PromptFile) => reading.kind === 'prompt' && reading.prompt.output !== 'replace';

const isTitled = (reading: PromptFile['reading'], title: string | undefined) =>
  reading.kind === 'prompt' && reading.prompt.title === title;

function labelOf({ uri, reading }: PromptFile): vscode.QuickPickItem {
  const detail = vscode.workspace.asRelativePath(uri);
  if (reading.kind === 'prompt')
    return { label: reading.prompt.title, description: reading.prompt.description, detail };
  return {
    label: `$(warning) ${path.posix.basename(uri.path)}`,
    description: promptFaultText(reading.problems[0]!.fault),
    detail,
  };
}

async function runPrompt(prompt: OwnPrompt, options: PromptCommandsOptions): Promise<void> {
  const { proposals, history, runWith, mayRun, readingAhead } = options;
  const { title, output, input } = prompt;
  if (!(await mayRun(output, input))) return;
  const { document } = vscode.window.activeTextEditor ?? {};
  const question = { title, placeholder: instructionPrompt('custom'), kind: `prompt.${title}` };
  const ask = () => readingAhead(output !== 'replace', () => askInstruction(question, history));
  const wish = asksForWish(prompt.instruction) ? await ask() : '';
  if (wish === undefined) return;
  const instruction = fillPlaceholders(prompt.instruction, {
    wish,
    fileName: document ? path.posix.basename(document.uri.path) : '',
    languageId: document?.languageId ?? '',
  });
  await runOnSelection({ action: 'custom', title, output, instruction }, proposals, runWith(prompt.options), input);
}

/** Writes a file that does what a built-in action does, for the person to change. */
export async function newPrompt(userFolder: vscode.Uri): Promise<void> {
  const actions = Object.keys(firstInstructions) as (keyof typeof firstInstructions)[];
  const base = await vscode.window.showQuickPick(
    actions.map((action) => ({ label: actionTitle(action), description: actionDescription(action), action })),
    { title: l10n.t('Which action should the new prompt start from?'), matchOnDescription: true },
  );
  const folder = base && (await chooseFolder(userFolder));
  if (!base || !folder) return;
  const { output } = actionCatalogue[base.action];
  const text = promptTemplate({
    title: base.label,
    description: base.description,
    input: 'selection',
    output: output === 'insertAbove' ? 'panel' : output,
    options: {},
    instruction: firstInstructions[base.action],
  });
  const uri = await freeUri(folder, promptFileName(base.label));
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  await vscode.window.showTextDocument(uri);
}

async function chooseFolder(userFolder: vscode.Uri): Promise<vscode.Uri | undefined> {
  const choices = [
    ...workspacePromptFolders().map((uri) => ({ label: l10n.t('For this workspace'), detail: uri.fsPath, uri })),
    { label: l10n.t('For all your workspaces'), detail: userFolder.fsPath, uri: userFolder },
  ];
  if (choices.length === 1) return userFolder;
  return (await vscode.window.showQuickPick(choices, { title: l10n.t('Where should the prompt be kept?') }))?.uri;
}

async function freeUri(folder: vscode.Uri, name: string): Promise<vscode.Uri> {
  for (let count = 1; ; count++) {
    const uri = vscode.Uri.joinPath(folder, count === 1 ? `${name}.md` : `${name}-${count}.md`);
    const exists = await vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
    if (!exists) return uri;
  }
}
