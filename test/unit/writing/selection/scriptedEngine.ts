import type { ChatMessage, GenerateOutcome, LoadedModel } from '../../../../src/protocol/inference.ts';
import type { ActionEngine } from '../../../../src/writing/selection/selectionAction.ts';

const usage = { promptTokens: 1, reusedTokens: 0, newTokens: 1, waitMs: 0, prefillMs: 0, decodeMs: 0, firstTokenMs: 0 };

interface ScriptedModel {
  readonly parameters?: number;
  readonly hasChatTemplate?: boolean;
  /** what the model writes, given the conversation or the text to continue; numbered by tries */
  readonly write?: (messages: readonly ChatMessage[], text: string, call: number) => string;
  /** every answer reaches the maximum length */
  readonly isCut?: boolean;
  /** log-probability of a text; more than 0 tokens are assumed */
  readonly likelihood?: (text: string) => number;
}

/** An engine whose model says what the test wants; every conversation that it got is kept. */
export class ScriptedEngine implements ActionEngine {
  readonly conversations: (readonly ChatMessage[])[] = [];
  knownParameters?: () => number;

  constructor(private readonly model: ScriptedModel = {}) {}

  load: ActionEngine['load'] = async (): Promise<LoadedModel> => ({
    name: 'scripted',
    modelFolder: '',
    architecture: 'llama',
    parameters: this.model.parameters ?? 135e6,
    vocabularySize: 100,
    contextTokens: 1024,
    hasChatTemplate: this.model.hasChatTemplate ?? true,
    languages: [],
    device: 'cpu',
    deviceNotes: [],
    loadMs: 0,
  });

  tokenize = async (text: string) => ({ tokens: text.split(/\s+/u).map((_, i) => i) });

  score = async ({ text }: { text: string }) => ({ tokens: 10, logprob: this.model.likelihood?.(text) ?? -10 });

  scoreEach: ActionEngine['scoreEach'] = async ({ texts }) => ({
    kind: 'scores',
    logprobs: texts.map((text) => this.model.likelihood?.(text) ?? -10),
    tokensRead: texts.length,
  });

  generate: ActionEngine['generate'] = async ({ prompt, options }, token, onPartial): Promise<GenerateOutcome> => {
    if (token.isCancellationRequested) return { kind: 'cancelled', usage };
    const messages = prompt.kind === 'chat' ? prompt.messages : [];
    this.conversations.push(messages);
    const text = prompt.kind === 'chat' ? prompt.messages.at(-1)!.content : prompt.text;
    const written = this.model.write?.(messages, text, this.conversations.length) ?? '';
    onPartial?.(written);
    const sequence = {
      text: written,
      tokens: [],
      logprob: -1,
      firstWordProbability: 1,
      healedLogprob: 0,
      finishReason: this.model.isCut ? ('length' as const) : ('endOfText' as const),
    };
    return { kind: 'text', sequences: Array.from({ length: options.numReturnSequences }, () => sequence), usage };
  };
}
