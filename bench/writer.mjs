// What a writer waits for, in units of one decode step of the same process, and what the engine costs meanwhile.
import { runScript } from './runScript.mjs';
import { spread } from './statistics.mjs';
import { markdownTable, withSpread } from './table.mjs';

const measured = [
  { name: 'decodeStepMs', label: 'one decode step at 500 tokens of context, ms', digits: 1 },
  { name: 'firstSuggestionMs', label: 'first suggestion after the process starts, ms', digits: 0, bound: '≤ 1500' },
  {
    name: 'nextCharacterSteps',
    label: 'suggestion of 8 tokens after one more character, steps',
    digits: 1,
    bound: '≤ 14',
  },
  { name: 'nextCharacterMs', label: 'the same in ms (median of 60 characters)', digits: 0 },
  { name: 'nextCharacterP95Ms', label: 'the same in ms (95th percentile)', digits: 0 },
  {
    name: 'freshCaretSteps',
    label: 'suggestion of 8 tokens at a fresh caret, as the completer asks (400 to 500 tokens), steps',
    digits: 1,
    bound: '≤ 90',
  },
  { name: 'freshCaretMs', label: 'the same in ms', digits: 0 },
  { name: 'freshWholeSteps', label: 'the same after 500 tokens, steps', digits: 1 },
  { name: 'freshWholeMs', label: 'the same in ms', digits: 0 },
  { name: 'tokensAfterCancel', label: 'tokens decoded after a cancel', digits: 0, bound: '≤ 1' },
  { name: 'cancelMs', label: 'from cancel to answer, ms', digits: 1 },
  { name: 'steadyMb', label: 'resident with two full slots of 1,024 tokens, MB', digits: 0, bound: '≤ 350' },
  { name: 'peakMb', label: 'peak resident, MB', digits: 0, bound: '≤ 500' },
  { name: 'idleCpuPercent', label: 'processor time while idle for 20 s, %', digits: 2, bound: '0' },
];

/** @param {{ rounds: number, threads: number[] }} options */
export async function runWriter({ rounds, threads }) {
  const figures = {};
  const sections = [];
  for (const count of threads) {
    const runs = [];
    for (let round = 0; round < rounds; round++) {
      runs.push(await runScript('writerOnce.mjs', { threads: count }));
      process.stderr.write(`${count} thread(s), round ${round + 1}: ${JSON.stringify(runs.at(-1))}\n`);
    }
    figures[`threads${count}`] = runs;
    const rows = measured.map(({ name, label, digits, bound = '' }) => [
      label,
      withSpread(spread(runs.map((run) => run[name])), digits),
      bound,
    ]);
    const title = `**${count === 1 ? '1 thread' : `${count} threads`}**, ${rounds} rounds: median (lowest – highest)`;
    sections.push(`${title}\n\n${markdownTable([['', 'Inkling', 'wanted'], ...rows])}`);
  }
  return { figures, markdown: sections.join('\n\n') };
}
