import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { architectures } from '../../../src/model/architectures.ts';
import { parseModelConfig } from '../../../src/model/modelConfig.ts';
import { sentenceText } from '../../../src/protocol/errors.ts';
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
    title: typeof title === 'object' ? sentenceText(title) : title,
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

test('every kind of model that the project began with has a command that is there and a test that is there', () => {
  const root = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
  const commands = page.split('\n').filter((line) => line.includes('| `inkling '));
  for (const kind of ['GPT', 'LSTM', 'BERT', 'T5', 'Marian']) {
    expect(commands.some((line) => line.startsWith(`| ${kind}`))).toBe(true);
  }
  const pipelineTasks = readFileSync(root('src/cli/commands/pipeline.ts'), 'utf8');
  const commandLine = readFileSync(root('src/cli/main.ts'), 'utf8');
  for (const line of commands) {
    const [, command, proof] = cells(line);
    const [, name, task] = command!.replaceAll('`', '').split(' ');
    expect(commandLine).toContain(`${name![0]!.toUpperCase()}${name!.slice(1)}Command(program`);
    if (name === 'pipeline') expect(pipelineTasks).toMatch(new RegExp(`^  '?${task}'?: `, 'mu'));
    expect(readFileSync(root(proof!.replaceAll('`', '')), 'utf8')).toContain('test');
  }
});
