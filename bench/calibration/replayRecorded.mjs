// What the product's completer and simulated writer make of recorded answers (record.mjs), without a model.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gatedAnswer } from '../gatedAnswer.mjs';
import { outFolder } from '../product.mjs';
import { fetchAuthor } from './authors.mjs';
import { requestAt, textsIn } from './stretches.mjs';

/** File of a recording, in out/bench/calibration/recorded. */
export const recordingOf = (author, seed, as) => `${author}-${seed}${as ? `-${as}` : ''}.jsonl`;

/**
 * The stretches of a recording that are whole; it may have been broken off, or be written just now.
 * @param {string} recording
 * @returns {{ stretch: number, carets: any[], lines: string[] }[]}
 */
export function wholeStretches(recording) {
  const stretches = new Map();
  for (const line of recording.split('\n').filter(Boolean)) {
    let record;
    try {
      record = JSON.parse(line);
    } catch {
      continue;
    }
    const { stretch } = record;
    const all = stretches.get(stretch) ?? { stretch, carets: [], lines: [] };
    stretches.set(stretch, all);
    all.carets.push(record);
    all.lines.push(line);
  }
  return [...stretches.values()].filter(({ carets }) => carets.length === carets[0].end - carets[0].start);
}

/**
 * The stretches that were recorded of an author, as far as they are whole.
 * @param {string} author
 * @param {readonly number[]} seeds
 * @param {string} [as] the recording with an adapter of that name
 */
export async function recordedOf(author, seeds, as) {
  const texts = new Map(textsIn((await fetchAuthor(author)).typed).map(({ name, text }) => [name, text]));
  const stretches = [];
  for (const seed of seeds) {
    const file = path.join(outFolder, 'calibration', 'recorded', recordingOf(author, seed, as));
    if (!existsSync(file)) continue;
    for (const { stretch, carets } of wholeStretches(readFileSync(file, 'utf8'))) {
      const [{ file: name }] = carets;
      stretches.push({ author, name: `${author}/${seed}/${stretch}`, file: name, text: texts.get(name), carets });
    }
  }
  return stretches;
}

/** Answers as the engine would, from what was recorded with a gate that lets more through. */
function generatorOf({ carets }, variant, writing, calibration) {
  const asked = carets.filter(({ key }) => key);
  const byKey = new Map(asked.map((caret) => [caret.key, caret]));
  return answering(
    ({ text }) =>
      byKey.get(createHash('sha1').update(text).digest('hex').slice(0, 16)) ??
      asked.find(({ before }) => endsAlike(before, text)),
    variant,
    writing,
    calibration,
  );
}

/** The same place, read from elsewhere on: where other places are asked, windows begin elsewhere. */
function endsAlike(before, text) {
  const visible = (part) => part.replace(/\s+/gu, ' ');
  return visible(text.slice(-2 * before.length)).endsWith(visible(before).trimStart());
}

function answering(caretOf, variant, writing, calibration) {
  const usage = { promptTokens: 0, reusedTokens: 0, newTokens: 0 };
  return {
    async generate({ prompt, gate }) {
      const caret = caretOf(prompt);
      if (!caret) throw new Error('this was not recorded');
      const answer = caret[variant];
      const none = (firstWordProbability) => ({ kind: 'none', reason: 'lowConfidence', firstWordProbability, usage });
      if (answer.kind !== 'text') return none(answer.probability);
      const tokens = answer.sequence.tokens.map(([id, text, logprob]) => ({ id, text, logprob }));
      const { sequence, firstWordProbability } = gatedAnswer(
        { ...answer.sequence, tokens },
        gate,
        writing,
        calibration,
      );
      return sequence ? { kind: 'text', sequences: [sequence], usage } : none(firstWordProbability);
    },
  };
}

/**
 * Types the stretches.
 * @param {object} [calibration] of the model
 * @returns one tally a stretch, and every caret that was asked
 */
export async function typed(stretches, variant, settings, writing, { calibration, losesPatience = true } = {}) {
  const tallies = [];
  const carets = [];
  for (const stretch of stretches) {
    const tally = writing.emptyTextTally();
    const written = new writing.SimulatedWriter(
      generatorOf(stretch, variant, writing, calibration),
      { path: stretch.file, languageId: writing.languageOf(stretch.file), text: stretch.text },
      {
        settings,
        midLine: false,
        losesPatience,
        stopwatch: { now: () => 0 },
        onCaret: (caret) => {
          writing.countCaret(tally, caret);
          carets.push({ ...caret, stretch });
        },
      },
    );
    const { characters, keys } = await written.write(stretch.carets[0].start, stretch.carets[0].end);
    tally.all.characters += characters;
    tally.all.keys += keys;
    tallies.push(tally);
  }
  return { tallies, carets };
}

/** What is said at every caret of a stretch by itself, as if nothing had been shown or taken before. */
export async function single(stretch, variant, settings, writing) {
  const carets = [];
  for (const caret of stretch.carets) {
    const { offset, kind } = caret;
    const generator = answering(() => caret, variant, writing);
    const completer = new writing.Completer(generator, { now: () => 0 });
    const request = requestAt({ name: stretch.file, text: stretch.text }, offset, writing);
    const outcome = await completer.complete(request, settings, writing.CancellationToken.None);
    const suggestion = outcome.kind === 'text' ? outcome.suggestions[0] : undefined;
    const { words } = suggestion
      ? writing.runAt(stretch.text, offset, { end: stretch.text.length, suggestion: suggestion.text })
      : { words: 0 };
    carets.push({ offset, kind, suggestion, isRight: words > 0 });
  }
  return carets;
}
