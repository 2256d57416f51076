import type { Command } from 'commander';
import { bundledModelName } from '../../client/modelFolders.ts';
import { withEngine } from '../engine.ts';
import { readStdin } from '../input.ts';
import type { Invocation } from '../invocation.ts';
import { addModelOptions, type ModelOptions } from '../options.ts';
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
