import { expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc';
import { garbledNamesOf } from '../../../../src/writing/selection/checks/garbledNames.ts';
import { runAction } from '../../../../src/writing/selection/runAction.ts';
import { reading } from './inMarkdown.ts';
import { ScriptedEngine } from './scriptedEngine.ts';

const text = `Long ago a friend of ours, Rich Schroeppel, told the people who had come to hear him, and with them Dr. Sato
and a man called Tomás O’Brien, about the American Museum in Vienna. There he had counted all the squares that there are,
day by day, with the help of Marie Curie-Lang, and in the evening a boy whom they called Ishmael wrote all of it down.`;
const garbledName = garbledNamesOf(reading(text));

test.each([
  ['Counting Rich Schroepperel’s Squares', 'Schroepperel'],
  ['Counting Rich Schroe ppel’s Squares', 'Schroe'],
  ['Call Dr. Satto About It', 'Satto'],
  ['Tomas and the Squares', 'Tomas'],
  ['Maria Curie-Lang', 'Maria'],
  ['The Squares of Ishamel', 'Ishamel'],
  ['The Muesum in Vienna', 'Muesum'],
  ['Vienne and Its Museum', 'Vienne'],
  ['The Museum of ViENNA', 'ViENNA'],
  ['SAto Counts', 'SAto'],
])('%s has a name wrong', (title, expected) => {
  expect(garbledName(title)).toBe(expected);
});

test.each([
  'Rich Schroeppel’s Squares',
  'Schroeppel, Sato, and O’Brien Count',
  'America and Its Museums',
  'The Americans in Vienna',
  'Counting Squares Long Ago',
  'What Ishmael Wrote Down',
  'SATO COUNTS SQUARES',
  'A Museum of Numbers',
  'PDFs and iPhones of O’Brien',
  'Marie’s Day',
])('%s has none', (title) => {
  expect(garbledName(title)).toBeUndefined();
});

const letter =
  'Hi Tomás, the work of 12 March cost 1,250 euros, and Schroeppel in Vienna paid them for the old bridge.';

test.each([
  ['Dear Tomás,', undefined],
  ['Hi Tomás and Schroeppel', undefined],
  ['The Old Bridge;', undefined],
  ['Schroepel Paid for the Bridge', undefined],
  ['Release 344: The Old Bridge', undefined],
  ['1,350 Euros for the Old Bridge', undefined],
  ['1,250 Euros for the Old Bridge', '1,250 Euros for the Old Bridge'],
  ['Schroeppel Paid for the Bridge', 'Schroeppel Paid for the Bridge'],
])('“%s” as a title', async (written, expected) => {
  const engine = new ScriptedEngine({ parameters: 8e9, write: () => written });
  const request = { action: 'title', languageId: 'markdown', text: letter, way: 'model' } as const;
  const outcome = await runAction(request, engine, CancellationToken.None);
  const titles = outcome.kind === 'proposal' ? outcome.candidates.map(({ text: title }) => title) : [];
  expect(titles.includes(written) ? written : undefined).toBe(expected);
});
