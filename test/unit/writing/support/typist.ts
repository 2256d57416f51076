import { CancellationTokenSource } from 'vscode-jsonrpc';
import { withBlanks } from '../../../../src/writing/completion/blankBehind.ts';
import { Completer } from '../../../../src/writing/completion/completer.ts';
import type { CaretRequest, CompletionOutcome } from '../../../../src/writing/completion/completionRequest.ts';
import {
  type CompletionSettings,
  resolveCompletionSettings,
} from '../../../../src/writing/completion/completionSettings.ts';
import { comingUp } from '../../../../src/writing/completion/onScreen.ts';
import { atCaret } from './atCaret.ts';
import { ScriptedGenerator, type ScriptedToken } from './scriptedGenerator.ts';

interface TypistOptions {
  /** tokens that the model says after a prompt; undefined: the test speaks through `generator.last` */
  readonly script?: (prompt: string) => readonly ScriptedToken[];
  readonly settings?: Partial<CompletionSettings>;
  readonly request?: Partial<CaretRequest>;
}

/** Somebody who types in an editor: every keystroke gives the last request up and makes a new one. */
export class Typist {
  nowMs = 0;
  settings: CompletionSettings;
  readonly generator: ScriptedGenerator;
  readonly completer: Completer;
  private request: CaretRequest;
  /** what the completer was asked last */
  private asked: CaretRequest;
  private source = new CancellationTokenSource();

  constructor(drawn: string, { script, settings = {}, request = {} }: TypistOptions = {}) {
    this.settings = resolveCompletionSettings(settings);
    this.generator = new ScriptedGenerator(script);
    this.completer = new Completer(this.generator, { now: () => this.nowMs });
    this.request = atCaret(drawn, request);
    this.asked = this.request;
  }

  /** Model calls so far. */
  get calls(): number {
    return this.generator.calls.length;
  }

  /** Types into the document; the editor cancels what it had asked. */
  edit(typed: string): this {
    this.source.cancel();
    this.request = { ...this.request, prefix: this.request.prefix + typed };
    return this;
  }

  backspace(): this {
    this.source.cancel();
    this.request = { ...this.request, prefix: this.request.prefix.slice(0, -1), lastEdit: 'delete' };
    return this;
  }

  /** Asks at the caret as it stands. */
  ask(more: Partial<CaretRequest> = {}): Promise<CompletionOutcome> {
    this.source = new CancellationTokenSource();
    this.asked = { ...this.request, ...more };
    return this.completer.complete(this.asked, this.settings, this.source.token);
  }

  /** Rests on what was answered, long enough for the completer to look ahead. */
  reads(outcome: CompletionOutcome): void {
    const shown = withBlanks(outcome, this.asked, this.settings);
    if (shown.kind === 'text') this.completer.lookAhead(this.asked, this.settings, shown.suggestions[0]!);
  }

  /** What is seen: the ghost text, or `–reason`. */
  async sees(more: Partial<CaretRequest> = {}): Promise<string> {
    return seen(await this.ask(more));
  }

  /** What comes up at once where nothing stands, under a hand that will rest in so many milliseconds. */
  async comesUp(untilRestMs: number): Promise<string> {
    const answer = await this.ask();
    if (answer.kind !== 'text') return seen(answer);
    const { outcome, waitMs } = comingUp(answer, this.asked, { settings: this.settings, untilRestMs });
    return waitMs > 0 ? '–waits' : seen(outcome);
  }

  /** Types character by character and notes what is seen after each. */
  async typesThrough(text: string): Promise<string[]> {
    const sequence: string[] = [];
    for (const character of text) sequence.push(await this.edit(character).sees());
    return sequence;
  }
}

export function seen(outcome: CompletionOutcome): string {
  if (outcome.kind === 'text') return outcome.suggestions.map(({ text }) => text).join(' / ');
  return outcome.kind === 'none' ? `–${outcome.reason}` : `–${outcome.kind}`;
}
