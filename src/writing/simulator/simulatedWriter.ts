import { CancellationToken } from 'vscode-jsonrpc';
import type { TextGenerator, Usage } from '../../protocol/inference.ts';
import { CaretReader } from '../../text/caretReader.ts';
import type { ZoneKind } from '../../text/zone.ts';
import { caretOf } from '../completion/caret.ts';
import { Completer } from '../completion/completer.ts';
import type { CaretRequest, CompletionOutcome, Suggestion } from '../completion/completionRequest.ts';
import type { CompletionSettings } from '../completion/completionSettings.ts';
import { type CaretKind, kindOf } from '../completion/gate.ts';
import { segmenter } from '../completion/segment.ts';
import { runAt } from './lineWraps.ts';
import { runWithBlank } from './runWithBlank.ts';
import { keysOfSlip, type Slips } from './slips.ts';
import { type RightRun, requestAt, type WrittenText, wordsOnLine } from './writtenText.ts';

/** One caret at which the completer was asked afresh. */
export interface CaretRecord {
  readonly path: string;
  /** UTF-16 code units from the beginning of the text */
  readonly offset: number;
  readonly zone: ZoneKind;
  /** by what really comes next */
  readonly kind: CaretKind;
  /** what became visible; undefined: nothing, for `reason` */
  readonly suggestion: Suggestion | undefined;
  /** by what the suggestion makes of it, as the gate judges it */
  readonly kindShown: CaretKind | undefined;
  readonly reason: string | undefined;
  /** what of it is right, and was accepted */
  readonly run: RightRun;
  /** words that follow on the line, counted up to 5 */
  readonly wordsOnLine: number;
  /** of the model call that was made here, if one was */
  readonly usage: Usage | undefined;
  /** wrong letters that stand before the caret, behind what is right of the text; '' = none */
  readonly slipped: string;
  /** keys that slips would have cost in what was accepted */
  readonly avoidedKeys: number;
  /** from the key to the answer, by the stopwatch */
  readonly answerMs: number;
}

export interface WriterOptions {
  readonly settings: CompletionSettings;
  /** what follows a stretch stands right of the caret while it is written: it fills a gap */
  readonly midLine: boolean;
  /** left out: none is made */
  readonly slips?: Slips | undefined;
  /** false: the completer is not told of rejections, so that it never falls silent because of them */
  readonly losesPatience: boolean;
  /** measures answers, in ms; the writer's own time does not depend on it */
  readonly stopwatch: { now(): number };
  /** told of every caret that was asked afresh, in the order of the text */
  readonly onCaret: (caret: CaretRecord) => void;
}

interface WrittenStretch {
  /** UTF-16 code units of the text */
  readonly characters: number;
  /** that were pressed */
  readonly keys: number;
  /** of the slips that a writer makes who types all of it */
  readonly slipKeys: number;
}

/** The writer's own time, by which the completer measures its patience: 300 characters a minute. */
const keystrokeMs = 200;
const readingMs = 400;
const countedWords = 5;
const nothingRight: RightRun = { words: 0, chars: 0, taken: 0, keys: 0 };

/**
 * Types a text character by character; everything right of the caret is absent, but for `midLine`. After each key the
 * completer is asked as in the editor, and the answer is waited for. A suggestion that becomes visible is read; its
 * longest run of right words is accepted; then typing goes on. As in the editor, the rest of a suggestion stays visible
 * while what is typed or accepted is what it said.
 */
export class SimulatedWriter {
  readonly #completer: Completer;
  readonly #zones = new CaretReader();
  #nowMs = 0;
  #offset = 0;
  /** where what stands right of the caret begins; at the text's end there is nothing */
  #suffixStart = 0;
  #start = 0;
  #keys = 0;
  /** typed wrongly, and not yet taken back */
  #slipped = '';
  /** what is left of the suggestion on screen; '' = none */
  #visible = '';

  readonly #text: WrittenText;
  readonly #options: WriterOptions;

  constructor(generator: TextGenerator, text: WrittenText, options: WriterOptions) {
    this.#text = text;
    this.#options = options;
    this.#completer = new Completer(generator, { now: () => this.#nowMs });
  }

  /**
   * What stands before `start` has been written already. The last accept may go beyond `end`, unless that is filled in.
   * @throws InklingError when the model fails
   */
  async write(start: number, end: number): Promise<WrittenStretch> {
    this.#offset = start;
    this.#start = start;
    this.#suffixStart = this.#options.midLine ? end : this.#text.text.length;
    this.#keys = 0;
    while (this.#offset < end) {
      const run = await this.#look();
      if (run.chars > 0) {
        this.#accept(run);
        continue;
      }
      const slip = this.#slipAt(this.#offset);
      if (slip !== '') await this.#slip(slip);
      this.#type(this.#nextCharacter());
    }
    return { characters: this.#offset - start, keys: this.#keys, slipKeys: this.#slipKeys(start, this.#offset) };
  }

  /** Types wrong letters with an eye on what is shown, then takes them back, one key each. Nothing of it is accepted. */
  async #slip(letters: string): Promise<void> {
    for (const letter of letters) {
      this.#press(letter);
      this.#slipped += letter;
      await this.#look();
    }
    while (this.#slipped !== '') {
      this.#press('');
      this.#slipped = this.#slipped.slice(0, -1);
      await this.#look('delete');
    }
  }

  #slipAt = (offset: number): string => this.#options.slips?.at(this.#text, offset, this.#start) ?? '';

  /** Of the slips between two places, had all of it been typed. */
  #slipKeys(from: number, to: number): number {
    let keys = 0;
    if (this.#options.slips) for (let at = from; at < to; at++) keys += keysOfSlip(this.#slipAt(at));
    return keys;
  }

  /** Asks at the caret. @returns what can be accepted of a suggestion that became visible */
  async #look(lastEdit: 'insert' | 'delete' = 'insert'): Promise<RightRun> {
    const { settings, stopwatch, onCaret } = this.#options;
    const right = requestAt(this.#text, this.#offset, this.#suffixStart);
    const request = { ...right, prefix: right.prefix + this.#slipped, lastEdit };
    const askedAt = stopwatch.now();
    const outcome = await this.#completer.complete(request, settings, CancellationToken.None);
    const answerMs = stopwatch.now() - askedAt;
    const suggestion = suggestionOf(outcome);
    if (suggestion !== undefined && suggestion.text === this.#visible) return nothingRight; // it goes on; it was read
    this.#visible = suggestion?.text ?? '';
    if (suggestion !== undefined) this.#nowMs += readingMs;
    if (lastEdit === 'delete' && suggestion === undefined) return nothingRight; // no place that the writer goes on at
    const record = this.#recordOf(request, outcome, answerMs);
    onCaret(record);
    return record.run;
  }

  #accept({ chars, taken, keys }: RightRun): void {
    this.#completer.accepted();
    this.#visible = this.#visible.slice(taken);
    this.#offset += chars;
    this.#pass(keys);
  }

  #type(character: string): void {
    this.#press(character);
    this.#offset += character.length;
  }

  /** @param character what the key types; '' takes a letter back */
  #press(character: string): void {
    const goesOn = character !== '' && this.#visible.startsWith(character);
    if (this.#visible !== '' && !goesOn && this.#options.losesPatience) this.#completer.rejected();
    this.#visible = goesOn ? this.#visible.slice(character.length) : '';
    this.#pass(1);
  }

  #pass(keys: number): void {
    this.#keys += keys;
    this.#nowMs += keys * keystrokeMs;
  }

  #recordOf(request: CaretRequest, outcome: CompletionOutcome, answerMs: number): CaretRecord {
    const { path, text } = this.#text;
    const caret = caretOf(request);
    const following = text.slice(this.#offset, this.#suffixStart);
    const suggestion = suggestionOf(outcome);
    const zone = this.#zones.zoneAt(request, request.prefix, caret);
    const run =
      suggestion === undefined || this.#slipped !== '' // what is wrong before it has to be mended first
        ? nothingRight
        : this.#runOf(suggestion.text, zone);
    return {
      path,
      offset: this.#offset,
      zone,
      kind: kindOf(caret.place, following),
      suggestion,
      kindShown: suggestion && kindOf(caret.place, suggestion.text),
      reason: outcome.kind === 'none' ? outcome.reason : undefined,
      run,
      slipped: this.#slipped,
      avoidedKeys: this.#slipKeys(this.#offset, this.#offset + run.chars),
      wordsOnLine: wordsOnLine(following, countedWords),
      usage: outcome.usage,
      answerMs,
    };
  }

  /** What can be accepted of a suggestion at the caret. */
  #runOf(suggestion: string, zone: ZoneKind): RightRun {
    const { settings } = this.#options;
    const run = runAt(this.#text.text, this.#offset, { end: this.#suffixStart, suggestion });
    const isAtLineEnd = this.#suffixStart === this.#text.text.length;
    return run.words > 0 && isAtLineEnd && settings.spaceAfterWord
      ? runWithBlank(run, this.#text, { offset: this.#offset, suggestion, zone })
      : run;
  }

  /** What one key types: a character as a person sees it, with CR and LF as one. */
  #nextCharacter(): string {
    const longest = 64; // code units; longer runs of combining marks are typed in pieces
    const [first] = segmenter('grapheme').segment(this.#text.text.slice(this.#offset, this.#offset + longest));
    return first!.segment;
  }
}

/** The one that the editor shows first. */
function suggestionOf(outcome: CompletionOutcome): Suggestion | undefined {
  if (outcome.kind === 'failed') throw outcome.error;
  return outcome.kind === 'text' ? outcome.suggestions[0] : undefined;
}
