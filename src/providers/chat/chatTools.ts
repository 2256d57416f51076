import path from 'node:path';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { InklingError } from '../../protocol/errors.ts';
import { runAction } from '../../writing/selection/runAction.ts';
import type { ActionEngine, SummaryForm } from '../../writing/selection/selectionAction.ts';
import type { ChatEngine } from './chatModelProvider.ts';

interface SummarizeInput {
  /** within the workspace */
  readonly path: string;
  readonly form?: SummaryForm;
}

interface ScoreInput {
  readonly text: string;
}

/** Tokens that are scored together. */
const scoreWindow = 512;
const maxScoredChars = 100_000;

export interface ChatToolsOptions {
  /** scores */
  readonly typing: ChatEngine;
  /** summarizes */
  readonly acting: ChatEngine;
  /** what a chat's model may be given: by the same rules as the writer's own words */
  readonly mayRead: (file: vscode.Uri) => Promise<boolean>;
}

/** The two tools of package.json, for whatever model is used in the chat. They only read, and files only when allowed. */
export const registerChatTools = ({ typing, acting, mayRead }: ChatToolsOptions): vscode.Disposable =>
  vscode.Disposable.from(
    vscode.lm.registerTool<SummarizeInput>('inkling_summarizeFile', {
      prepareInvocation: ({ input }) => ({
        invocationMessage: l10n.t('Summarizing {0}', path.posix.basename(input.path)),
        confirmationMessages: {
          title: l10n.t('Summarize {0}', path.posix.basename(input.path)),
          message: l10n.t('Inkling reads {0} and gives sentences of it to the model of this chat.', input.path),
        },
      }),
      invoke: async ({ input }, token) => {
        const file = workspaceFile(input.path);
        if (!(await mayRead(file))) throw new InklingError('fileAccess', `${input.path} may not be read by a chat.`);
        return textResult(await summarize(running(acting), file, input.form, token));
      },
    }),
    vscode.lm.registerTool<ScoreInput>('inkling_scorePassage', {
      prepareInvocation: () => ({ invocationMessage: l10n.t('Scoring a passage') }),
      invoke: async ({ input }) => textResult(await score(running(typing), input)),
    }),
  );

async function summarize(
  engine: ActionEngine,
  file: vscode.Uri,
  form: SummaryForm = 'paragraph',
  token: vscode.CancellationToken,
): Promise<string> {
  const document = await vscode.workspace.openTextDocument(file);
  const request = { action: 'summarize', text: document.getText(), languageId: document.languageId, form } as const;
  const outcome = await runAction(request, engine, token);
  if (outcome.kind === 'failed') throw outcome.error;
  if (outcome.kind === 'none') return outcome.detail;
  const proposal = outcome.kind === 'proposal' ? outcome : outcome.partial;
  if (!proposal) return 'The summary was cancelled.';
  return `${proposal.text}\n\n(${proposal.way}; ${proposal.readWords} of ${proposal.words} words read)`;
}

/** @throws InklingError for a path that leads out of the workspace */
function workspaceFile(file: string): vscode.Uri {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const candidates = path.isAbsolute(file)
    ? folders.map(({ uri }) => uri.with({ path: path.posix.normalize(vscode.Uri.file(file).path) }))
    : folders.map(({ uri }) => vscode.Uri.joinPath(uri, file));
  const inside = candidates.find((uri) => vscode.workspace.getWorkspaceFolder(uri) !== undefined);
  if (!inside) throw new InklingError('fileAccess', `${file} is not a file of the workspace.`);
  return inside;
}

async function score(engine: ActionEngine, { text }: ScoreInput): Promise<string> {
  const { contextTokens } = await engine.load();
  const passage = text.slice(0, maxScoredChars);
  const windowTokens = Math.min(scoreWindow, contextTokens);
  const { tokens, logprob } = await engine.score({ text: passage, windowTokens, withTokens: false });
  if (tokens === 0) return 'The passage is too short to be scored.';
  return JSON.stringify({
    tokens,
    perplexity: Number(Math.exp(-logprob / tokens).toFixed(2)),
    scoredCharacters: passage.length,
    characters: text.length,
  });
}

function running(engine: ChatEngine): ActionEngine {
  const found = engine();
  if (!found) throw new InklingError('modelNotLoaded', l10n.t('Inkling is turned off.'));
  return found;
}

const textResult = (text: string) => new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
