import type { Command } from 'commander';
import { bundledModelName } from '../../client/modelFolders.ts';
import { readStdin } from '../input.ts';
import { type Invocation, withEngine } from '../invocation.ts';
import { addModelOptions, type ModelOptions, UsageError } from '../options.ts';
import { print, printJson } from '../output.ts';

export function addTokenizeCommand(program: Command, invocation: Invocation): void {
  const command = program.command('tokenize').description('the token ids of the text on stdin');
  addModelOptions(command, bundledModelName).action(async (options: ModelOptions) => {
    const text = await readStdin();
    const { tokens } = await withEngine(invocation, options, (client) => client.tokenize(text));
    if (options.json) printJson({ tokens });
    else print(tokens.join(' '));
  });
}

export function addDetokenizeCommand(program: Command, invocation: Invocation): void {
  const command = program
    .command('detokenize')
    .description('the text of the token ids on stdin, apart by blanks or commas');
  addModelOptions(command, bundledModelName).action(async (options: ModelOptions) => {
    const tokens = tokenIds(await readStdin());
    const { text } = await withEngine(invocation, options, (client) => client.detokenize(tokens));
    if (options.json) printJson({ text });
    else print(text);
  });
}

/** Reads `1 2 3`, `[1, 2, 3]` and what `tokenize --json` prints. */
function tokenIds(input: string): number[] {
  const words = input
    .replace(/^\s*\{\s*"tokens"\s*:/, '')
    .split(/[\s,[\]{}]+/)
    .filter((word) => word !== '');
  const wrong = words.find((word) => !/^\d{1,9}$/.test(word));
  if (wrong !== undefined) throw new UsageError(`detokenize reads token ids, which are whole numbers, not “${wrong}”`);
  return words.map(Number);
}
