import type { AccuracyCheck } from '../model/manifest.ts';
import { parameterCount } from '../model/modelConfig.ts';
import type { ModelFolder } from '../model/modelFolder.ts';
import { openTokenizer } from '../model/openTokenizer.ts';
import { logitsOfTexts, mostLogits } from '../model/readOnce.ts';
import { InklingError, sentence } from '../protocol/errors.ts';
import { hasRoomToRun } from './roomToRun.ts';

/** Fixed, so that results compare; natural, for on nonsense quantized formats scatter more. */
const prompts = [
  'The harbour was quiet when the first boat came home. Two men carried their nets up the wet steps, and a third, who had said nothing all night, sat down on the wall and looked at the water.',
  'To install the package, run the command below and restart the service. The configuration file lists every option with its default; values that are out of range are reported when it starts.',
  '清晨的港口很安静，第一条船刚刚回来。两个人把网抬上潮湿的台阶，第三个人坐在墙上，望着水面，什么也没说。',
];
/** Of a prompt. Nobody is answered while a run lasts: of a model with more than a thousand million parameters fewer are read. */
export const promptTokens = (parameters: number): number =>
  Math.round(Math.min(64, Math.max(16, 64 * (1e9 / parameters))));

/** In nats. The bundled model's four bits and eight-bit activations stay below a tenth of it. */
const greatestDivergence = 0.05;
/** Full precision is slower by far: it has to be better by this factor. */
const worthwhileFactor = 0.5;
/** A float32 model this large would need gigabytes; then level 1, which computes in float32, is the reference alone. */
const mostFloat32Parameters = 50e6;

/**
 * Does the model say the same when its products round activations to 8 bits (level 4 of ONNX Runtime's accuracy_level) as
 * when they do not (level 1)? For some models it does not (onnxruntime issue 29849).
 * @param available bytes of memory; default: what there is
 * @returns undefined for a model without blocks, whose products have no levels, and where memory does not suffice
 * @throws InklingError `modelBroken` for one that computes no numbers, `modelConfig` for one whose tokenizer reads nothing
 */
export async function checkAccuracy(folder: ModelFolder, available?: number): Promise<AccuracyCheck | undefined> {
  const { config, weights } = folder;
  if (![...weights.tensors.keys()].some((name) => name.startsWith('layers.') && name.endsWith('.quants')))
    return undefined;
  if (!hasRoomToRun(folder, available)) return undefined;
  const tokenizer = openTokenizer(folder);
  const parameters = parameterCount(config);
  const texts = prompts.map((text) => tokenizer.encodeFromBeginning(text).slice(0, promptTokens(parameters)));
  if (texts.every((text) => text.length === 0)) {
    throw new InklingError(
      'modelConfig',
      sentence`The tokenizer knows nothing of ordinary text: it does not belong to the model.`,
    );
  }
  const mostRows = Math.max(1, Math.floor(mostLogits / config.vocabularySize));
  const read = (options: Parameters<typeof logitsOfTexts>[2]) => logitsOfTexts(folder, texts, { mostRows, ...options });
  const level4 = await read({ precision: 'default', accuracyLevel: 4 });
  const level1 = await read({ precision: 'default', accuracyLevel: 1 });
  const hasFloat32 = parameters <= mostFloat32Parameters;
  const reference = hasFloat32 ? await read({ precision: 'fp32' }) : level1;
  const of4 = compare(reference, level4, config.vocabularySize);
  const of1 = compare(reference, level1, config.vocabularySize);
  const chosen = chooseLevel(of4, of1);
  if (!Number.isFinite(chosen.divergence)) {
    throw new InklingError(
      'modelBroken',
      sentence`The model computes values that are not finite numbers: its files are damaged. Get them again.`,
    );
  }
  return {
    ...chosen,
    against: hasFloat32 ? 'float32' : 'level 1',
  };
}

export interface Likeness {
  /** share of tokens after which the likeliest next one is the same */
  readonly agreement: number;
  /** mean Kullback–Leibler divergence from the reference, in nats */
  readonly divergence: number;
}

/** Level 4 unless it is wrong and level 1 is right; with how like the reference the chosen one is. */
export function chooseLevel(of4: Likeness, of1: Likeness): Pick<AccuracyCheck, 'level' | keyof Likeness> {
  const isRight = of4.divergence <= greatestDivergence || of1.divergence > worthwhileFactor * of4.divergence;
  const [level, { agreement, divergence }] = isRight ? ([4, of4] as const) : ([1, of1] as const);
  return { level, agreement: rounded(agreement), divergence: rounded(divergence) };
}

const rounded = (value: number) => Number(value.toPrecision(3));

/** @param reference per text (tokens · vocabulary) */
export function compare(
  reference: readonly Float32Array[],
  candidate: readonly Float32Array[],
  vocabulary: number,
): Likeness {
  let [tokens, same, sum] = [0, 0, 0];
  for (const [text, logits] of reference.entries()) {
    for (let start = 0; start < logits.length; start += vocabulary) {
      const of = (rows: Float32Array) => rows.subarray(start, start + vocabulary);
      const [row, other] = [distribution(of(logits)), distribution(of(candidate[text]!))];
      tokens++;
      if (row.likeliest === other.likeliest) same++;
      for (let id = 0; id < vocabulary; id++) {
        const logprob = row.logprob(id);
        sum += Math.exp(logprob) * (logprob - other.logprob(id));
      }
    }
  }
  const divergence = sum / tokens;
  return {
    agreement: same / tokens,
    divergence: Number.isFinite(divergence) ? Math.max(0, divergence) : Number.MAX_VALUE,
  };
}

function distribution(logits: Float32Array): { likeliest: number; logprob: (id: number) => number } {
  let likeliest = 0;
  for (let id = 1; id < logits.length; id++) if (logits[id]! > logits[likeliest]!) likeliest = id;
  const most = logits[likeliest]!;
  const partition = most + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0));
  return { likeliest, logprob: (id) => logits[id]! - partition };
}
