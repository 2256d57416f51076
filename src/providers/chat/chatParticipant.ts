import path from 'node:path';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { actionCatalogue } from '../../writing/selection/actionCatalogue.ts';
import { runAction } from '../../writing/selection/runAction.ts';
import type { ActionId, ActionOutcome } from '../../writing/selection/selectionAction.ts';
import { provenance } from '../selection/provenance.ts';
import type { ChatEngine } from './chatModelProvider.ts';

interface ChatParticipantOptions {
  readonly engine: ChatEngine;
  /** in the person's language */
  readonly refusalText: (outcome: Extract<ActionOutcome, { kind: 'none' }>) => string;
  readonly errorMessage: (error: unknown) => string;
  /** the command that runs an action on the selection, and what its button says */
  readonly commandOf: (action: ActionId) => string;
}

/** `@inkling`: the actions as commands, on what is attached, selected or open. Without a command it answers from that. */
export function registerChatParticipant(options: ChatParticipantOptions): vscode.Disposable {
  const participant = vscode.chat.createChatParticipant('inkling.writer', (request, _, response, token) =>
    answer(options, request, response, token),
  );
  participant.iconPath = new vscode.ThemeIcon('edit');
  return participant;
}

async function answer(
  options: ChatParticipantOptions,
  request: vscode.ChatRequest,
  response: vscode.ChatResponseStream,
  token: vscode.CancellationToken,
): Promise<vscode.ChatResult> {
  const engine = options.engine();
  if (!engine) return failure(l10n.t('Inkling is turned off.'));
  const source = await chatSource(request.references);
  if (!source) return failure(l10n.t('Open a document or attach one: the answer is taken from it.'));
  const action: ActionId = isAction(request.command) ? request.command : 'ask';
  const instruction = request.prompt.trim();
  response.progress(source.name === '' ? l10n.t('Reading') : l10n.t('Reading {0}', source.name));
  const outcome = await runAction(
    {
      action,
      text: source.text,
      languageId: source.languageId,
      ...(instruction === '' ? {} : { instruction }),
    },
    engine,
    token,
    { onProgress: () => new Promise((resolve) => setImmediate(resolve)) },
  );
  return tell(outcome, { options, action, source, response });
}

interface Telling {
  readonly options: ChatParticipantOptions;
  readonly action: ActionId;
  readonly source: ChatSource;
  readonly response: vscode.ChatResponseStream;
}

/** The checked result: what an action writes before its checks is not shown, since they may refuse it. */
function tell(outcome: ActionOutcome, { options, action, source, response }: Telling): vscode.ChatResult {
  if (outcome.kind === 'failed') return failure(options.errorMessage(outcome.error));
  if (outcome.kind === 'none') return failure(options.refusalText(outcome));
  const proposal = outcome.kind === 'proposal' ? outcome : outcome.partial;
  if (!proposal) return {};
  response.markdown(proposal.text);
  response.markdown(`\n\n*${provenance([proposal])}*`);
  if (source.isSelection && actionCatalogue[action].output === 'replace') {
    response.button({ command: options.commandOf(action), title: l10n.t('Propose It in the Document') });
  }
  return {};
}

const failure = (message: string): vscode.ChatResult => ({ errorDetails: { message } });

const isAction = (command: string | undefined): command is ActionId =>
  command !== undefined && Object.hasOwn(actionCatalogue, command);

/** What a request in the chat is about. */
interface ChatSource {
  /** for the person: a file's name, or what was given */
  readonly name: string;
  readonly text: string;
  readonly languageId: string;
  /** set where the text stands in a document that can be changed */
  readonly isSelection: boolean;
}

/**
 * The text that a request is about: what was attached to it; else the selection in front; else the document in front.
 * @returns undefined when there is none of them
 */
async function chatSource(references: readonly vscode.ChatPromptReference[]): Promise<ChatSource | undefined> {
  for (const { value } of references) {
    if (typeof value === 'string') return { name: '', text: value, languageId: 'plaintext', isSelection: false };
    if (value instanceof vscode.Uri) return ofDocument(await vscode.workspace.openTextDocument(value));
    if (value instanceof vscode.Location) {
      return ofDocument(await vscode.workspace.openTextDocument(value.uri), value.range);
    }
  }
  // with the caret in the chat's input box the editor in front is still the document
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
  if (!editor) return undefined;
  return editor.selection.isEmpty ? ofDocument(editor.document) : ofDocument(editor.document, editor.selection);
}

const ofDocument = (document: vscode.TextDocument, range?: vscode.Range): ChatSource => ({
  name: path.posix.basename(document.uri.path),
  text: document.getText(range),
  languageId: document.languageId,
  isSelection: range !== undefined,
});
