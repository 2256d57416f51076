import { join } from 'node:path';
import type { Command } from 'commander';
import { fitOfTexts } from '../../client/adapterEvaluation.ts';
import { type AdapterProof, proveAdapter } from '../../client/fineTune.ts';
import { bundledModelName } from '../../client/modelFolders.ts';
import { InklingError } from '../../protocol/errors.ts';
import { generationOptionTable } from '../../protocol/generationOptions.ts';
import { compareWriting } from '../../writing/simulator/adapterComparison.ts';
import { proseTexts } from '../input.ts';
import { type Invocation, withEngine } from '../invocation.ts';
import { addModelOptions, type ModelOptions, numberOption, UsageError } from '../options.ts';
import { print, printJson, table } from '../output.ts';
import { printProof } from '../trainingProgress.ts';

interface EvaluateOptions extends ModelOptions {
  readonly maxCarets?: number;
  readonly unrelated?: true;
  readonly seed: number;
}

const caretsRange = { minimum: 1, maximum: 1_000_000_000, integer: true };

export function addEvaluateCommand(program: Command, invocation: Invocation): void {
  const command = program
    .command('evaluate')
    .description('how likely texts are to the model, without and with an adapter')
    .argument('<path...>', 'text files, or folders of them; they should not be among those that were learnt from')
    .addOption(numberOption('--max-carets <number>', 'also type stretches of the texts, with and without', caretsRange))
    .option('--unrelated', 'also check on bundled texts what the adapter spoils')
    .addOption(numberOption('--seed <number>', 'of the choice of stretches', generationOptionTable.seed).default(0));
  addModelOptions(command, bundledModelName).action((paths: string[], options: EvaluateOptions) =>
    evaluate(invocation, paths, options),
  );
}

async function evaluate(invocation: Invocation, paths: readonly string[], options: EvaluateOptions): Promise<void> {
  if (options.adapter === undefined && (options.maxCarets !== undefined || options.unrelated)) {
    throw new UsageError('--max-carets and --unrelated compare with an adapter: give one with --adapter');
  }
  const texts = await proseTexts(paths);
  const nothing = new InklingError('fileAccess', `${paths.join(', ')}: there is no text to evaluate`);
  await withEngine(invocation, options, async (client, _, { adapter, ...load }) => {
    if (!adapter) {
      const fit = await fitOfTexts(
        client,
        texts.map(({ text }) => text),
      );
      if (!fit) throw nothing;
      const { tokens, loss, perplexity } = fit;
      return options.json ? printJson({ tokens, base: { loss, perplexity } }) : printFit(fit, texts.length);
    }
    const { maxCarets = 0, seed, unrelated = false } = options;
    const unrelatedIn = unrelated ? join(invocation.distFolder, '..') : undefined;
    const plan = { load, adapter, texts, unrelatedIn, maxCarets, seed };
    const proof = await proveAdapter(client, plan, compareWriting);
    if (!proof) throw nothing;
    return options.json ? printJson(asAnswer(proof)) : printProof(proof);
  });
}

/** The held-out figures stand at the top, as the command line's contract has them. */
const asAnswer = ({ heldOut, comparedShare: _, ...others }: AdapterProof) => ({ ...heldOut, ...others });

function printFit({ tokens, loss, perplexity }: { tokens: number; loss: number; perplexity: number }, files: number) {
  print(`${tokens} tokens of ${files} files`);
  print(
    table([
      ['loss', 'perplexity'],
      [loss.toFixed(4), perplexity.toFixed(3)],
    ]),
  );
}
