import type { AdapterProof } from '../client/fineTune.ts';
import {
  type AdapterReport,
  type HeldOutComparison,
  type PairedFigure,
  perplexityChange,
  type WritingComparison,
} from '../protocol/adapters.ts';
import type { CorpusReport } from '../protocol/corpus.ts';
import {
  type DoneEvent,
  type ProofProgress,
  planNoteText,
  proofShare,
  type TrainingEvent,
} from '../protocol/training.ts';
import { percent, print, printJson, table, tell } from './output.ts';

/** Who follows a fine-tuning, in which form. */
interface Teller {
  onEvent(event: TrainingEvent): void;
  /** @param done how the training ended */
  onProof(progress: ProofProgress, done: DoneEvent): void;
  onEnd(done: DoneEvent, report: AdapterReport | undefined): void;
}

export function tellerFor({ json, jsonl }: { readonly json?: true; readonly jsonl?: true }): Teller {
  if (jsonl) return jsonlTeller(everyTenth());
  const isDue = everyTenth();
  const onProof: Teller['onProof'] = (progress) => {
    if (isDue(progress))
      tell(`comparing before and after: ${percentOf(progress)}, ${duration(progress.secondsLeft)} left`);
  };
  return json
    ? { onEvent: () => undefined, onProof, onEnd: (done, report) => printJson({ ...done, report: report ?? null }) }
    : { onEvent: showTraining, onProof, onEnd: showResult };
}

/** The end comes last, with the report before it. How far the proof is, is told as evaluations that say so. */
const jsonlTeller = (isDue: (progress: ProofProgress) => boolean): Teller => ({
  onEvent: (event) => {
    if (event.event === 'plan') printJson({ ...event, notes: event.notes.map(planNoteText) });
    else if (event.event !== 'done') printJson(event);
  },
  onProof: (progress, { step, epoch }) => {
    if (!isDue(progress)) return;
    const { kind: proof, fraction, secondsLeft: etaSeconds } = progress;
    printJson({ event: 'evaluation', step, epoch, proof, fraction, etaSeconds });
  },
  onEnd: (done, report) => {
    if (report) printJson({ event: 'report', ...report });
    printJson(done);
  },
});

/** Ten times in each part of a proof. */
function everyTenth(): (progress: ProofProgress) => boolean {
  let last = '';
  return ({ kind, fraction }) => {
    const tenth = `${kind} ${Math.floor(10 * fraction)}`;
    if (tenth === last) return false;
    last = tenth;
    return true;
  };
}

const percentOf = ({ kind, fraction }: ProofProgress) =>
  `${kind === 'texts' ? 'how likely texts are' : 'how much typing is saved'}, ${Math.round(100 * fraction)} %`;

/** A run as a person follows it, line by line. */
function showTraining(event: TrainingEvent): void {
  switch (event.event) {
    case 'corpus':
      showCorpus(event);
      return;
    case 'plan':
      print(
        `${event.totalSteps} steps of ${event.sequenceLength} tokens, about ${duration(event.estimatedSeconds)} and ${duration(proofShare * event.estimatedSeconds)} for the comparison, ${event.residentMb} MB`,
      );
      for (const note of event.notes) tell(planNoteText(note));
      return;
    case 'step':
      if (event.step % 10 === 0 || event.step === event.totalSteps) {
        const speed = `${event.tokensPerSecond.toFixed(0)} tokens/s`;
        print(
          `step ${event.step}/${event.totalSteps}  loss ${event.loss.toFixed(3)}  ${speed}  ${duration(event.etaSeconds)} left`,
        );
      }
      return;
    case 'evaluation':
      print(`step ${event.step}: perplexity of the texts kept apart ${event.validationPerplexity.toFixed(2)}`);
      return;
    case 'rollback':
      tell(`step ${event.step}: the loss was no number; back to the last checkpoint, with a lower learning rate`);
      return;
    case 'checkpoint':
    case 'done':
  }
}

function showCorpus({ files, excludedCounts, splits: { train, validation, test } }: CorpusReport): void {
  const leftOut = Object.values(excludedCounts).reduce((sum, count) => sum + count, 0);
  print(`${files.length} files, ${leftOut} left out; tokens to learn from: ${train.tokens}`);
  print(`kept apart: ${validation.tokens} tokens to know when to stop, ${test.tokens} for the comparison`);
}

/** Everything that a run would read, and what it leaves out. */
export function showSurvey(report: CorpusReport): void {
  showCorpus(report);
  const rows = report.files.map(({ path, tokens, splits }) => [path, String(tokens), splits.join(', ')]);
  print(table([['file', 'tokens', 'for'], ...rows]));
  if (report.excluded.length === 0) return;
  print(table([['left out', 'because'], ...report.excluded.map(({ path, reason }) => [path, reason])]));
}

function showResult(done: DoneEvent, report: AdapterReport | undefined): void {
  const why = { completed: '', earlyStopping: ', it got no better', timeBudget: ', time is up', stopped: ', stopped' };
  print(`${done.step} steps in ${duration(done.seconds)}${why[done.reason]}: ${done.adapter}`);
  if (!report) {
    tell('nothing was compared: whether the adapter helps is not known');
    return;
  }
  printProof(report);
  const { heldOut, unrelated } = report;
  if (!heldOut.isBetter) tell('the adapter does not help on texts that it has not seen: more text may');
  if (unrelated?.isWorse) tell('on unrelated texts the model is worse with the adapter: fewer steps may help');
}

const duration = (seconds: number) =>
  seconds < 90 ? `${Math.round(seconds)} s` : `${(seconds / 60).toFixed(seconds < 600 ? 1 : 0)} min`;

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
