// Two versions of the outputs on the reading set, side by side without a name: where they differ they are shuffled by a seed
// that nobody has seen, and who reads writes down which of the two is better.
import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { markdownTable } from '../../table.mjs';
import { outputsIn } from './measure.mjs';
import { readingTasks } from './read.mjs';

/** @typedef {{ action: string, name: string, first: 'before' | 'after' }} Pair */

/** Writes `sheet.txt` to be read, and `key.json` not to be. */
export async function writeSheet(
  /** @type {{ before: string, after: string, folder: string }} */ { before, after, folder },
) {
  const tasks = await readingTasks();
  /** @type {(Pair & { texts: [string, string] })[]} */
  const pairs = [];
  for (const [action, asked] of Object.entries(tasks)) {
    const [old, recent] = [before, after].map((each) => path.join(each, `${action}.txt`));
    if (!existsSync(old) || !existsSync(recent)) continue;
    const known = outputsIn(await readFile(old, 'utf8'), asked);
    const seen = new Map();
    for (const { name, question, text, isProposal } of outputsIn(await readFile(recent, 'utf8'), asked)) {
      const nth = seen.get(`${name} ${question}`) ?? 0; // a text is summarized in several forms
      seen.set(`${name} ${question}`, nth + 1);
      const other = known.filter((each) => each.name === name && each.question === question)[nth];
      if (!other || other.text === text || !(isProposal || other.isProposal)) continue;
      const isFirst = randomInt(2) === 0;
      const label = question === undefined ? name : `${name} “${question}”`;
      pairs.push({
        action,
        name: label,
        first: isFirst ? 'before' : 'after',
        texts: isFirst ? [other.text, text] : [text, other.text],
      });
    }
  }
  const order = new Map(pairs.map((pair) => [pair, randomInt(2 ** 40)]));
  pairs.sort((a, b) => order.get(a) - order.get(b));
  await mkdir(folder, { recursive: true });
  const sheet = pairs.map(({ action, name, texts: [one, two] }, i) =>
    [`## ${i + 1} ${action}, ${name}`, `### one\n\n${one}`, `### two\n\n${two}`].join('\n\n'),
  );
  await writeFile(path.join(folder, 'sheet.txt'), `${sheet.join('\n\n')}\n`);
  await writeFile(path.join(folder, 'key.json'), JSON.stringify(pairs.map(({ texts: _, ...pair }) => pair)));
  return pairs.length;
}

/** Counts `verdicts.txt`, a line `3 one`, `3 two` or `3 same` for each pair. @returns {Promise<string>} a table */
export async function unblinded(/** @type {string} */ folder) {
  /** @type {Pair[]} */
  const key = JSON.parse(await readFile(path.join(folder, 'key.json'), 'utf8'));
  const verdicts = (await readFile(path.join(folder, 'verdicts.txt'), 'utf8')).trim().split('\n');
  const counts = new Map();
  for (const verdict of verdicts) {
    const [number, which] = verdict.split(/\s+/u);
    const { action, first } = key[Number(number) - 1];
    const other = first === 'before' ? 'after' : 'before';
    const better = which === 'same' ? 'same' : which === 'one' ? first : other;
    const row = counts.get(action) ?? { before: 0, same: 0, after: 0 };
    row[better]++;
    counts.set(action, row);
  }
  const rows = [...counts].map(([action, { before, same, after }]) => [action, ...[before, same, after].map(String)]);
  return markdownTable([['action', 'before was better', 'as good', 'now is better'], ...rows]);
}
