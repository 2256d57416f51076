/**
 * A process of its own for a test: writes a few letters with each model whose folder it is given, on the CPU and on WebGPU,
 * and prints one line of JSON a model. The first model stays open to the end: while a session is there the runtime keeps
 * the programs that it has compiled for the device, and that is where the time goes.
 */
import { CancellationToken } from 'vscode-jsonrpc/node.js';
import { type DeviceChoice, onCpu } from '../../src/inference/devices/deviceChoice.ts';
import { generate } from '../../src/inference/generate.ts';
import { assemblePrompt } from '../../src/inference/prompt.ts';
import { openModel, type RunningModel } from '../../src/inference/runningModel.ts';
import { defaultGenerationOptions } from '../../src/protocol/generationOptions.ts';
import type { GenerateRequest } from '../../src/protocol/inference.ts';

/** What a model wrote, and where; `notes` say why it was not where it should have been. */
export interface Written {
  readonly device: string;
  readonly notes: readonly string[];
  readonly text: string;
  readonly logprob: number;
}

/** One line of what this process prints. */
export interface WrittenOnDevices {
  readonly modelFolder: string;
  readonly cpu: Written;
  readonly webgpu: Written;
}

const prompt = { kind: 'continue', text: 'The quick brown fox jumps over the lazy dog', heal: false } as const;
const options = { ...defaultGenerationOptions, maxNewTokens: 12, temperature: 0 };
const request: GenerateRequest = { id: 1, slot: 'completion', prompt, options, stream: false, ignoreEndOfText: true };
const onWebGpu: DeviceChoice = { device: 'webgpu', dialect: 'fused', notes: [] };

/** In full precision: with keys and values of 16 bits, as the CPU has them otherwise, the likeliest letter may be another one. */
function open(modelFolder: string, choice: DeviceChoice): Promise<RunningModel> {
  const { device } = choice;
  const load = { modelFolder, device, threads: 1, precision: 'fp32', idleUnloadMs: 0, maxContextTokens: 512 } as const;
  return openModel(load, choice, () => undefined);
}

async function write({ decoder, tokenizer, caches, choice, folder }: RunningModel): Promise<Written> {
  const assembled = assemblePrompt(
    prompt,
    { tokenizer, chatTemplate: undefined },
    { maxTokens: 100, emptyPromptToken: 0 },
  );
  const alone = { turn: async () => undefined, onPartial: () => undefined };
  const parts = { decoder, tokenizer, cache: caches.completion, ...alone };
  const answer = await generate(request, assembled, parts, CancellationToken.None);
  if (answer.kind !== 'text') throw new Error(`${folder.path} answered ${answer.kind}`);
  const { text, logprob } = answer.sequences[0]!;
  return { device: choice.device, notes: choice.notes, text, logprob };
}

async function writeWithAll(modelFolders: readonly string[]): Promise<void> {
  const opened: RunningModel[] = [];
  for (const modelFolder of modelFolders) {
    const onProcessor = await open(modelFolder, onCpu());
    const onGraphics = await open(modelFolder, onWebGpu);
    opened.push(onGraphics);
    const line: WrittenOnDevices = { modelFolder, cpu: await write(onProcessor), webgpu: await write(onGraphics) };
    process.stdout.write(`${JSON.stringify(line)}\n`);
    await onProcessor.decoder.release();
  }
  for (const { decoder } of opened) await decoder.release();
}

void writeWithAll(process.argv.slice(2));
