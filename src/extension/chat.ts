import * as vscode from 'vscode';
import type { ChatEngine } from '../providers/chat/chatEngine.ts';
import { ChatModelProvider } from '../providers/chat/chatModelProvider.ts';
import { registerChatParticipant } from '../providers/chat/chatParticipant.ts';
import { registerChatTools } from '../providers/chat/chatTools.ts';
import { wayTitle } from './actions/actionTitles.ts';
import { commandOf } from './actions/chooseAction.ts';
import { refusalMessage } from './actions/refusalTexts.ts';

/** What Inkling is in the editor's chat: a model, a participant and two tools. */
export const registerChat = (engine: ChatEngine, onDidChangeModel: vscode.Event<void>): vscode.Disposable =>
  vscode.Disposable.from(
    vscode.lm.registerLanguageModelChatProvider(
      ChatModelProvider.vendor,
      new ChatModelProvider(engine, onDidChangeModel),
    ),
    registerChatParticipant({ engine, refusalText: refusalMessage, wayTitle, commandOf }),
    registerChatTools(engine),
  );
