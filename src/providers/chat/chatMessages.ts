import * as vscode from 'vscode';
import type { ChatMessage } from '../../protocol/inference.ts';

/** The text of a message; pictures and calls of tools, which the models here do not know, are left out. */
export function textOf({ content }: vscode.LanguageModelChatRequestMessage): string {
  return content
    .filter((part) => part instanceof vscode.LanguageModelTextPart)
    .map(({ value }) => value)
    .join('');
}

/**
 * The conversation as the model gets it. Where it is too long, the oldest messages go; the last one is always there.
 * @param count tokens of a text
 * @param maxTokens of all messages together
 */
export async function chatMessages(
  messages: readonly vscode.LanguageModelChatRequestMessage[],
  count: (text: string) => Promise<number>,
  maxTokens: number,
): Promise<ChatMessage[]> {
  const kept: ChatMessage[] = [];
  let tokens = 0;
  for (const message of messages.toReversed()) {
    const content = textOf(message);
    if (content === '') continue;
    tokens += (await count(content)) + tokensPerMessage;
    if (kept.length > 0 && tokens > maxTokens) break;
    const isAssistant = message.role === vscode.LanguageModelChatMessageRole.Assistant;
    kept.unshift({ role: isAssistant ? 'assistant' : 'user', content });
  }
  return kept;
}

/** What a chat template puts around each message, at most. */
const tokensPerMessage = 8;
