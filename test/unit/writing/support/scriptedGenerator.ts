import type { CancellationToken } from 'vscode-jsonrpc';
import type { GenerateOutcome, GenerateRequest, TextGenerator, Usage } from '../../../../src/protocol/inference.ts';

const usage: Usage = {
  promptTokens: 10,
  reusedTokens: 0,
  newTokens: 3,
  waitMs: 0,
  prefillMs: 1,
  decodeMs: 2,
  firstTokenMs: 1,
};

/** A token as a test writes it: its text, and its probability where it matters. */
export type ScriptedToken = string | readonly [text: string, probability: number];

type Asked = Omit<GenerateRequest, 'id' | 'stream'>;

/** One call of the port, which the test lets go on token by token. */
export class ScriptedCall {
  private readonly tokens: (readonly [text: string, probability: number])[] = [];
  private resolve!: (outcome: GenerateOutcome) => void;
  readonly outcome = new Promise<GenerateOutcome>((resolve) => {
    this.resolve = resolve;
  });

  constructor(
    readonly request: Asked,
    private readonly token: CancellationToken,
    private readonly onPartial: (text: string) => void,
  ) {
    token.onCancellationRequested(() => this.resolve({ kind: 'cancelled', usage }));
  }

  get cancelled(): boolean {
    return this.token.isCancellationRequested;
  }

  /** Decodes these tokens, unless the call has been cancelled. */
  say(...tokens: readonly ScriptedToken[]): this {
    for (const token of tokens) {
      if (this.cancelled) break;
      this.tokens.push(typeof token === 'string' ? [token, 0.99] : token);
      this.onPartial(this.tokens.map(([text]) => text).join(''));
    }
    return this;
  }

  /** Answers with what was said; the gate of the request is applied to the first word. */
  end(suffix?: { after: number; without: number }): void {
    const tokens = this.tokens.map(([text, probability], id) => ({ id, text, logprob: Math.log(probability) }));
    const text = tokens.map((token) => token.text).join('');
    const firstWordProbability = this.firstWordProbability();
    if (firstWordProbability < (this.request.gate?.minFirstWordProbability ?? 0)) {
      this.resolve({ kind: 'none', reason: 'lowConfidence', firstWordProbability, usage });
      return;
    }
    const logprob = tokens.reduce((sum, token) => sum + token.logprob, 0);
    const sequence = { text, tokens, logprob, firstWordProbability, healedLogprob: 0, finishReason: 'length' } as const;
    this.resolve({ kind: 'text', sequences: [{ ...sequence, ...(suffix && { suffix }) }], usage });
  }

  fail(outcome: Extract<GenerateOutcome, { kind: 'failed' }>): void {
    this.resolve(outcome);
  }

  private firstWordProbability(): number {
    let product = 1;
    let text = '';
    for (const [piece, probability] of this.tokens) {
      if (/\S\s/u.test(text + piece) && text.trim() !== '') break;
      text += piece;
      product *= probability;
    }
    return product;
  }
}

/** A test double of the model: either answers at once from `script`, or leaves every call to the test. */
export class ScriptedGenerator implements TextGenerator {
  readonly calls: ScriptedCall[] = [];

  /** @param script tokens that continue a prompt; undefined: the test speaks */
  constructor(private readonly script?: (prompt: string) => readonly ScriptedToken[]) {}

  get last(): ScriptedCall {
    const call = this.calls.at(-1);
    if (call === undefined) throw new Error('the model was not called');
    return call;
  }

  generate(request: Asked, token: CancellationToken, onPartial: (text: string) => void = () => {}) {
    const call = new ScriptedCall(request, token, onPartial);
    this.calls.push(call);
    if (this.script) call.say(...this.script(promptOf(request))).end();
    return call.outcome;
  }
}

export function promptOf({ prompt }: Asked): string {
  if (prompt.kind !== 'continue') throw new Error('a completion continues text');
  return prompt.text;
}
