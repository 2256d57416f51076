import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { architectures } from '../../../src/model/architectures.ts';
import { parseModelConfig } from '../../../src/model/modelConfig.ts';
import { goldenPath } from '../../golden/goldenFiles.ts';

const page = readFileSync(fileURLToPath(new URL('../../../docs/models.md', import.meta.url)), 'utf8');
const cells = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
const rows = page
  .split('\n')
  .filter((line) => /^\| \w+(?:ForCausalLM|LMHeadModel) \|/u.test(line))
  .map(cells);
const cases = readdirSync(goldenPath('architectures'));

test('the page lists the architectures of the code, in its order', () => {
  const ofPage = rows.map(([name, title, gguf, runs]) => ({ name, title, gguf, runs }));
  const ofCode = architectures.map(({ name, title, ggufName }) => ({
    name,
    title,
    gguf: ggufName ?? '–',
    runs: 'yes',
  }));
  expect(ofPage).toEqual(ofCode);
});

test('every golden case stands in the row of its architecture, and every row has one', () => {
  const ofPage = rows.flatMap(([name, , , , , by]) => by!.split(', ').map((one) => `${one}: ${name}`));
  const ofFiles = cases.map((one) => {
    const json = JSON.parse(readFileSync(goldenPath(`architectures/${one}/config.json`), 'utf8'));
    return `${one}: ${parseModelConfig(json).architecture.name}`;
  });
  expect(ofPage.sort()).toEqual(ofFiles.sort());
});

test('what learns has gradients of PyTorch', () => {
  for (const [name, , , , learns, by] of rows) {
    const files = by!.split(', ').flatMap((one) => readdirSync(goldenPath(`architectures/${one}`)));
    const isAdaptable = architectures.find((row) => row.name === name)?.noAdapters === undefined;
    expect([name, isAdaptable ? 'yes' : 'no']).toEqual([name, learns]);
    expect([name, learns]).toEqual([name, files.includes('gradients.safetensors') ? 'yes' : 'no']);
  }
});
