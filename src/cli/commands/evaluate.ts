import type { Command } from 'commander';
import { compareOnTexts, fitOfTexts } from '../../client/heldOutProof.ts';
import { bundledModelName } from '../../client/modelFolders.ts';
import { InklingError } from '../../protocol/errors.ts';
import { withEngine } from '../engine.ts';
import { readText } from '../input.ts';
import type { Invocation } from '../invocation.ts';
import { addModelOptions, type ModelOptions } from '../options.ts';
import { print, printJson, table } from '../output.ts';
import { proseFiles } from '../proseFiles.ts';

export function addEvaluateCommand(program: Command, invocation: Invocation): void {
  const command = program
    .command('evaluate')
    .description('how likely texts are to the model, without and with an adapter')
    .argument('<path...>', 'text files, or folders of them; they should not be among those that were learnt from');
  addModelOptions(command, bundledModelName).action((paths: string[], options: ModelOptions) =>
    evaluate(invocation, paths, options),
  );
}

async function evaluate(invocation: Invocation, paths: readonly string[], options: ModelOptions): Promise<void> {
  const texts = await Promise.all((await proseFiles(paths)).map(readText));
  const result = await withEngine(invocation, options, async (client, _, load) => {
    const { adapter, ...base } = load;
    if (adapter) return compareOnTexts(client, { load: base, adapter, texts });
    const fit = await fitOfTexts(client, texts);
    return fit && { tokens: fit.tokens, base: { loss: fit.loss, perplexity: fit.perplexity } };
  });
  if (!result) throw new InklingError('fileAccess', `${paths.join(', ')}: there is no text to evaluate`);
  if (options.json) return printJson(result);
  const row = (name: string, { loss, perplexity }: { loss: number; perplexity: number }) => [
    name,
    loss.toFixed(4),
    perplexity.toFixed(3),
  ];
  const adapted = 'adapted' in result ? [row('with the adapter', result.adapted)] : [];
  print(`${result.tokens} tokens of ${texts.length} files`);
  print(table([['', 'loss', 'perplexity'], row('model', result.base), ...adapted]));
}
