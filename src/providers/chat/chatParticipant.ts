import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { actionCatalogue } from '../../writing/selection/actionCatalogue.ts';
import { runAction } from '../../writing/selection/runAction.ts';
import type { ActionId, ActionOutcome } from '../../writing/selection/selectionAction.ts';
import { provenance } from '../selection/provenance.ts';
import type { ChatEngine } from './chatEngine.ts';
import { type ChatSource, chatSource } from './chatSource.ts';

export interface ChatParticipantOptions {
  readonly engine: ChatEngine;
  /** in the person's language */
  readonly refusalText: (outcome: Extract<ActionOutcome, { kind: 'none' }>) => string;
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
  if (!engine) return failure(l10n.t('Inkling is switched off.'));
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
  if (outcome.kind === 'failed') return failure(outcome.error.message);
  if (outcome.kind === 'none') return failure(options.refusalText(outcome));
  const proposal = outcome.kind === 'proposal' ? outcome : outcome.partial;
  if (!proposal) return {};
  response.markdown(proposal.text);
  response.markdown(`\n\n*${provenance([proposal])}*`);
  if (source.isSelection && actionCatalogue[action].output === 'replace') {
    response.button({ command: options.commandOf(action), title: l10n.t('Propose it in the document') });
  }
  return {};
}

const failure = (message: string): vscode.ChatResult => ({ errorDetails: { message } });

const isAction = (command: string | undefined): command is ActionId =>
  command !== undefined && Object.hasOwn(actionCatalogue, command);
