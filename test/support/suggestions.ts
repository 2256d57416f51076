import type { TextGenerator } from '../../src/protocol/inference.ts';
import { CompletionProvider } from '../../src/providers/completion/completionProvider.ts';
import { LastEdits } from '../../src/providers/completion/lastEdits.ts';
import { SuggestionWatch } from '../../src/providers/completion/suggestionWatch.ts';
import { Completer } from '../../src/writing/completion/completer.ts';
import type { CompletionOutcome } from '../../src/writing/completion/completionRequest.ts';
import type { CompletionSettings } from '../../src/writing/completion/completionSettings.ts';

/** Somebody who rests on a suggestion this long reads it: the completer looks ahead. */
const readingMs = 200;

/** Provider, completer and watch, put together as src/extension/completions.ts does, without a process. */
export class Suggestions {
  readonly watch = new SuggestionWatch();
  readonly provider: CompletionProvider;
  readonly #lastEdits = new LastEdits((event) => this.watch.isOfBlank(event));

  /**
   * @param onOutcome gets the completer's answers
   * @param isForeign the documents are in a language that the model does not know
   */
  constructor(
    generator: TextGenerator,
    settings: CompletionSettings,
    onOutcome: (outcome: CompletionOutcome) => void = () => undefined,
    isForeign = false,
  ) {
    const completer = new Completer(generator, performance);
    this.watch.onVerdict(({ kind }) => {
      if (kind === 'rejected') completer.rejected();
      if (kind === 'acceptedAll' || kind === 'acceptedPart') completer.accepted();
    });
    let lookAhead: ReturnType<typeof setTimeout> | undefined;
    this.provider = new CompletionProvider({
      complete: async (request, given, token) => {
        clearTimeout(lookAhead);
        const outcome = await completer.complete(request, given, token);
        onOutcome(outcome);
        return outcome;
      },
      onShow: (shown, asked) => {
        clearTimeout(lookAhead);
        lookAhead = setTimeout(() => completer.lookAhead(asked.request, asked.settings, shown), readingMs);
      },
      settings: () => settings,
      silence: () => undefined,
      isForeign: () => isForeign,
      lastEdits: this.#lastEdits,
      watch: this.watch,
      acceptedCommand: 'accepted',
    });
  }

  dispose(): void {
    this.watch.dispose();
    this.#lastEdits.dispose();
  }
}
