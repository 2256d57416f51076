import type { ModelConfig } from '../../model/modelConfig.ts';
import { Graph } from '../../model/onnx/graph.ts';
import type { ModelWeights } from '../../model/weights/modelWeights.ts';
import { meanRow, type QuantizedBase } from '../session/quantizedBase.ts';
import { backward, computeAgain, type Pass, readyAfter } from './backward.ts';
import { LoraDecoder } from './loraDecoder.ts';
import type { LoraDecoderOptions } from './loraLinears.ts';
import type { LoraParameter } from './loraParameters.ts';
import { type LossOptions, nextTokenLoss } from './losses.ts';

export interface TrainingGraphOptions extends LoraDecoderOptions, LossOptions {
  readonly recompute: Recompute;
}

/**
 * What is computed a second time on the way back instead of being kept (Chen et al. 2016).
 * - `nothing`: everything is kept
 * - `activations`: the results of the matrix products are kept, and what is cheap is computed again
 * - `layers`: only what enters each layer is kept; a third more work, activations of one layer instead of all
 */
export type Recompute = 'nothing' | 'activations' | 'layers';

export interface TrainingGraph {
  readonly graph: Graph;
  readonly parameters: readonly LoraParameter[];
  /** name of a dropout input → its width */
  readonly dropoutMasks: ReadonlyMap<string, number>;
}

/** The frozen base: dense float32 weights and, where asked for, their 8-bit numbers, see frozenBase.ts. */
interface Base {
  readonly config: ModelConfig;
  readonly weights: ModelWeights;
  readonly quantized?: QuantizedBase;
}

export const gradientName = (parameter: LoraParameter) => `grad.${parameter.name}`;

/**
 * Forward, loss and gradients in one graph. Inputs: those of LoraDecoder and nextTokenLoss. Outputs: loss, and
 * `grad.NAME` for each parameter, of its shape.
 * @param graph where the nodes go; a test gives one of double precision
 */
export function buildTrainingGraph(
  base: Base,
  options: TrainingGraphOptions,
  graph: Graph = new Graph('training'),
): TrainingGraph {
  const decoder = new LoraDecoder(graph, base, options);
  const passes: Pass[] = [];
  let residual = decoder.embed();
  for (let layer = 0; layer < base.config.layers; layer++) {
    passes.push(passOf(graph, residual, (input) => decoder.layer(input, layer)));
    residual = passes[layer]!.output;
  }
  const end = passOf(graph, residual, (input) => decoder.finalNorm(input));
  const { loss, gradient } = headLoss(graph, base, decoder, end.output, options);
  graph.output('loss', loss, 'float32', []);

  let [arriving] = gradientsThrough(graph, end, gradient(), [end.input]); // of what leaves a layer, (S, H)
  const { firstLayer } = options.lora;
  const kept = options.recompute === 'activations' ? decoder.products : new Set<string>();
  for (let layer = base.config.layers - 1; layer >= firstLayer; layer--) {
    const first = passes[layer]!;
    const pass = options.recompute === 'nothing' ? first : computeAgain(graph, first, kept, arriving!);
    const own = decoder.parameters.filter((parameter) => parameter.layer === layer);
    const names = own.map(({ name }) => name);
    const wanted = layer === firstLayer ? names : [...names, pass.input];
    const gradients = gradientsThrough(graph, pass, arriving!, wanted);
    own.forEach((parameter, i) => {
      graph.output(gradientName(parameter), gradients[i]!, 'float32', parameter.shape);
    });
    if (layer > firstLayer) arriving = readyAfter(graph, gradients.at(-1)!, gradients.slice(0, own.length));
  }
  return { graph, parameters: decoder.parameters, dropoutMasks: decoder.dropoutMasks };
}

function passOf(graph: Graph, input: string, emit: (input: string) => string): Pass {
  const start = graph.nodes.length;
  const output = emit(input);
  return { input, output, nodes: graph.nodes.slice(start) };
}

const gradientsThrough = (graph: Graph, { nodes, output }: Pass, gradient: string, wanted: readonly string[]) =>
  backward(graph, { nodes, seeds: new Map([[output, gradient]]), wanted });

/** Forward only, for evaluation. Outputs: negative_log_likelihoods (S, 1), of the targets, not weighted. */
export function buildEvaluationGraph(
  base: Base,
  options: LoraDecoderOptions & Pick<LossOptions, 'headChunks'>,
): TrainingGraph {
  const graph = new Graph('evaluation');
  const decoder = new LoraDecoder(graph, base, { ...options, loraDropout: 0 });
  let residual = decoder.embed();
  for (let layer = 0; layer < base.config.layers; layer++) residual = decoder.layer(residual, layer);
  const inputs = {
    hidden: decoder.finalNorm(residual),
    head: decoder.head(),
    ...headOf(base),
    isForwardOnly: true,
  };
  const plain = { labelSmoothing: 0, distillation: 0, headChunks: options.headChunks };
  const { negativeLogLikelihoods } = nextTokenLoss(graph, inputs, plain);
  graph.output('negative_log_likelihoods', negativeLogLikelihoods, 'float32', ['S', 1]);
  return { graph, parameters: decoder.parameters, dropoutMasks: decoder.dropoutMasks };
}

function headLoss(graph: Graph, base: Base, decoder: LoraDecoder, hidden: string, options: LossOptions) {
  const inputs = { hidden, head: decoder.head(), ...headOf(base) };
  if (options.labelSmoothing === 0 && !inputs.quantizedHead) return nextTokenLoss(graph, inputs, options);
  const mean = inputs.quantizedHead?.mean ?? meanRow(base.weights.head());
  const meanHead = graph.initializer('head.mean', 'float32', [1, inputs.hiddenSize], mean);
  return nextTokenLoss(graph, { ...inputs, meanHead }, options);
}

/** What the loss must know of the head; logits with a soft cap are computed in full precision. */
function headOf({ config, quantized }: Base) {
  const { hiddenSize, vocabularySize, logitsSoftcap } = config;
  const quantizedHead = logitsSoftcap === undefined ? quantized?.head : undefined;
  return { quantizedHead, hiddenSize, vocabularySize, logitsSoftcap };
}
