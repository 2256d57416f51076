import * as vscode from 'vscode';
import type { ChatEngine } from '../providers/chat/chatEngine.ts';
import { ChatModelProvider } from '../providers/chat/chatModelProvider.ts';
import { registerChatParticipant } from '../providers/chat/chatParticipant.ts';
import { type ChatToolsOptions, registerChatTools } from '../providers/chat/chatTools.ts';
import { commandOf } from './actions/chooseAction.ts';
import { refusalMessage } from './actions/refusalTexts.ts';

export interface ChatOptions extends ChatToolsOptions {
  /** what completes while one types: it is loaded anyhow, so it is the one that the editor's list shows */
  readonly typing: ChatEngine;
  /** what actions run on; asking for it may start a process */
  readonly acting: ChatEngine;
  readonly onDidChangeModel: vscode.Event<void>;
}

/** What Inkling is in the editor's chat: a model, a participant and two tools. */
export const registerChat = ({ typing, acting, mayRead, onDidChangeModel }: ChatOptions): vscode.Disposable =>
  vscode.Disposable.from(
    vscode.lm.registerLanguageModelChatProvider(
      ChatModelProvider.vendor,
      new ChatModelProvider(typing, onDidChangeModel),
    ),
    registerChatParticipant({ engine: acting, refusalText: refusalMessage, commandOf }),
    registerChatTools({ typing, acting, mayRead }),
  );
