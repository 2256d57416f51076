import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { defaultGenerationOptions, resolveGenerationOptions } from '../../protocol/generationOptions.ts';
import type { ChatMessage, LoadedModel } from '../../protocol/inference.ts';
import type { ActionEngine } from '../../writing/selection/selectionAction.ts';

/** Offers the loaded model to the editor's chat and to other extensions. Its requests queue behind typing. */
export class ChatModelProvider implements vscode.LanguageModelChatProvider {
  /** as in package.json */
  static readonly vendor = 'inkling';
  readonly #engine: ChatEngine;
  readonly onDidChangeLanguageModelChatInformation: vscode.Event<void>;

  /** @param onDidChangeModel fired when another model is in use, or none */
  constructor(engine: ChatEngine, onDidChangeModel: vscode.Event<void>) {
    this.#engine = engine;
    this.onDidChangeLanguageModelChatInformation = onDidChangeModel;
  }

  async provideLanguageModelChatInformation(): Promise<vscode.LanguageModelChatInformation[]> {
    const model = await this.#engine()
      ?.load()
      .catch(() => undefined); // the status bar says why
    return model?.hasChatTemplate ? [informationOf(model)] : [];
  }

  async provideLanguageModelChatResponse(
    { maxInputTokens, maxOutputTokens }: vscode.LanguageModelChatInformation,
    messages: readonly vscode.LanguageModelChatRequestMessage[],
    { modelOptions }: vscode.ProvideLanguageModelChatResponseOptions,
    progress: vscode.Progress<vscode.LanguageModelResponsePart>,
    token: vscode.CancellationToken,
  ): Promise<void> {
    const engine = this.#running();
    const count = (text: string) => tokenCount(engine, text);
    const conversation = await chatMessages(messages, count, maxInputTokens);
    const options = { ...defaultGenerationOptions, ...chatDecoding, maxNewTokens: maxOutputTokens, ...modelOptions };
    let sent = 0;
    const send = (text: string) => {
      if (text.length > sent) progress.report(new vscode.LanguageModelTextPart(text.slice(sent)));
      sent = Math.max(sent, text.length);
    };
    const outcome = await engine.generate(
      {
        slot: 'action',
        prompt: { kind: 'chat', messages: conversation },
        options: resolveGenerationOptions(options),
        ignoreEndOfText: false,
      },
      token,
      send,
    );
    if (outcome.kind === 'failed') throw outcome.error;
    if (outcome.kind === 'text') send(outcome.sequences[0]!.text);
  }

  provideTokenCount(
    _: vscode.LanguageModelChatInformation,
    text: string | vscode.LanguageModelChatRequestMessage,
  ): Promise<number> {
    return tokenCount(this.#running(), typeof text === 'string' ? text : textOf(text));
  }

  #running(): ActionEngine {
    const engine = this.#engine();
    if (!engine) throw vscode.LanguageModelError.NotFound(l10n.t('Inkling is turned off.'));
    return engine;
  }
}

/** Without a penalty, small models go round in circles in a long answer. */
const chatDecoding = { temperature: 0.6, topP: 0.9, repetitionPenalty: 1.1 };
const maxAnswerTokens = 512;

const tokenCount = async (engine: ActionEngine, text: string) => (await engine.tokenize(text)).tokens.length;

function informationOf({ name, architecture, parameters, contextTokens, device }: LoadedModel) {
  const maxOutputTokens = Math.min(maxAnswerTokens, Math.floor(contextTokens / 2));
  return {
    id: name,
    name,
    family: architecture,
    version: '1',
    detail: l10n.t('on this machine'),
    tooltip: l10n.t(
      '{0} million parameters, on {1}. Nothing leaves the machine.',
      Math.round(parameters / 1e6),
      device,
    ),
    maxInputTokens: contextTokens - maxOutputTokens,
    maxOutputTokens,
    // The editor lists no other models in agent mode, and without a listed one no participant answers. A model that may
    // call tools need not: this one never does.
    capabilities: { toolCalling: true, imageInput: false },
  };
}

/** The text of a message; pictures and calls of tools, which the models here do not know, are left out. */
function textOf({ content }: vscode.LanguageModelChatRequestMessage): string {
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
async function chatMessages(
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

/**
 * The engine, or undefined while Inkling is switched off.
 * @throws InklingError `modelMissing`
 */
export type ChatEngine = () => ActionEngine | undefined;
