// The commands by which the kinds of model that this project began with run, as docs/models.md has them.
import { readFileSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runCli } from '../support/cliProcess.ts';
import { writePipelineModel } from '../support/pipelineModel.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { letterTokenizer } from '../support/tinyTokenizer.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const golden = join(root, 'test/golden');

const rows = readFileSync(join(root, 'docs/models.md'), 'utf8')
  .split('## The kinds of model that this project began with')[1]!
  .split('\n## ')[0]!
  .matchAll(/^\| ([^|`]+) \| `inkling ([^`]+)` \|/gmu);

/** Tiny models of a kind, by how its row begins; the text that each is given. */
const tiny: Readonly<Record<string, { readonly models: readonly string[]; readonly text: string }>> = {
  'GPT family': { models: ['gpt2'], text: 'the cat' },
  LSTM: { models: ['small-lstm'], text: 'The whale' },
  'BERT family, a word': { models: ['bert-mask'], text: 'The cat sat on the ___.' },
  'BERT family, vectors': { models: ['bert-vectors'], text: 'The cat sat.\nThe mat.' },
  'BERT family, sentiment': { models: ['bert-sentiment'], text: 'The cat sat on the mat.' },
  'BERT family, a label': { models: ['bert-tags'], text: 'The cat sat on the mat.' },
  'T5, BART, PEGASUS': { models: ['t5', 'bart', 'pegasus'], text: 'The cat sat on the mat.' },
  '… that correct': { models: ['t5', 'bart'], text: 'The cat sat on the mat.' },
  Marian: { models: ['marian'], text: 'The cat sat on the mat.' },
  NLLB: { models: ['nllb'], text: 'The cat sat on the mat.' },
};

/** The model has 64 tokens: as many letters, without the rest of the bytes. */
const letters = 'ĠabcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.,';

async function written(name: string): Promise<string> {
  if (name === 'small-lstm') return join(golden, name);
  const folder = join(await temporaryFolder(), name);
  if (name !== 'gpt2') return writePipelineModel(name, folder);
  await mkdir(folder);
  for (const file of ['config.json', 'model.safetensors']) {
    await copyFile(join(golden, 'architectures/gpt2', file), join(folder, file));
  }
  const { tokenizer, tokenizerConfig } = letterTokenizer(letters);
  await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer));
  await writeFile(join(folder, 'tokenizer_config.json'), JSON.stringify(tokenizerConfig));
  return folder;
}

const cases = [...rows].map(([, kind, command]) => [kind!, command!] as const);

test('every kind has a row, and every row a kind', () => {
  const begins = (kind: string) => Object.keys(tiny).filter((beginning) => kind.startsWith(beginning));
  expect(cases.flatMap(([kind]) => begins(kind))).toEqual(Object.keys(tiny));
});

test.each(cases)('%s: %s', async (kind, command) => {
  const { models, text } = Object.entries(tiny).find(([beginning]) => kind.startsWith(beginning))![1];
  for (const name of models) {
    const folder = await written(name);
    const commandLine = command.split(' ').map((word) => (word === 'FOLDER' ? folder : word));
    const { exitCode, stdout, stderr } = await runCli(commandLine, text);
    expect({ exitCode, stderr }, name).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout.trim(), name).not.toBe('');
  }
});
