import type { AdapterProof } from '../client/fineTune.ts';
import {
  type HeldOutComparison,
  type PairedFigure,
  perplexityChange,
  type WritingComparison,
} from '../protocol/adapters.ts';
import { print, table } from './output.ts';

/** The proof as tables, for a person. */
export function printProof({ strength, heldOut, comparedShare = 1, unrelated, writing }: AdapterProof): void {
  const rows = [fitRow('held-out texts', heldOut)];
  if (unrelated) rows.push(fitRow('unrelated texts', unrelated));
  const adapted = strength === undefined ? 'with the adapter' : `with the adapter at ${strength}`;
  print(table([['perplexity', 'tokens', 'model', adapted, 'change, 95 %'], ...rows]));
  if (comparedShare < 1)
    print(`compared on ${percent(comparedShare)} of the texts, as the time for it was up or it was stopped`);
  if (writing) printWriting(writing);
}

function fitRow(name: string, compared: HeldOutComparison): string[] {
  const { tokens, base, adapted } = compared;
  const [low, high] = perplexityChange(compared);
  return [
    name,
    String(tokens),
    base.perplexity.toFixed(2),
    adapted.perplexity.toFixed(2),
    `${percent(low)} to ${percent(high)}`,
  ];
}

function printWriting(writing: WritingComparison): void {
  const { stretches, carets, wordCarets, nextWords } = writing;
  const row = (name: string, { base, adapted, difference, interval }: PairedFigure) => [
    name,
    percent(base),
    percent(adapted),
    percent(difference),
    interval ? `${percent(interval[0])} to ${percent(interval[1])}` : '',
  ];
  print(`${stretches} stretches typed without and with it: ${carets} carets, ${wordCarets} beginnings of words`);
  print(
    table([
      ['share', 'model', 'with the adapter', 'difference', '95 %'],
      row('keystrokes saved', writing.keystrokesSaved),
      row('net of wrong shows', writing.netKeystrokesSaved),
      row('right when shown', writing.precisionWhenShown),
      row('wrong shows', writing.wrongShow),
      row('next word right', nextWords[1]),
      row('next 2 words', nextWords[2]),
      row('next 3 words', nextWords[3]),
    ]),
  );
}

const percent = (value: number | null) => (value === null ? '-' : `${(100 * value).toFixed(1)} %`);
