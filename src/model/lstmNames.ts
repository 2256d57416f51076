import type { TensorEntry } from './files/safetensors.ts';

/**
 * Everybody writes an LSTM language model with modules of their own names; what PyTorch calls the tensors of one
 * `torch.nn.LSTM`, and what people mostly call embedding and head, tells which is which.
 */
const lstmTensor = /^(?:.*\.)?(weight|bias)_(ih|hh)_l(\d+)$/u;
const embeddingNames =
  /(?:^|\.)(?:embed(?:ding)?s?|embed_tokens|word_embeddings?|token_embeddings?|emb|encoder|wte)\.weight$/u;
const headNames =
  /(?:^|\.)(?:decoder|fc|linear|lm_head|head|output|out|proj|output_layer|output_projection|classifier)\.(weight|bias)$/u;

/** Tensors under the names that architectureNames.ts has for an LSTM; what is not known keeps its own, and is refused. */
export function lstmNames(tensors: ReadonlyMap<string, TensorEntry>): ReadonlyMap<string, TensorEntry> {
  return new Map([...tensors].map(([name, entry]) => [renamed(name), entry]));
}

function renamed(name: string): string {
  const cell = lstmTensor.exec(name);
  if (cell) {
    const [, kind, of, layer] = cell;
    return `model.layers.${layer}.${of === 'ih' ? 'input' : 'state'}.${kind}`;
  }
  if (embeddingNames.test(name)) return 'model.embedding.weight';
  const head = headNames.exec(name);
  return head ? `decoder.${head[1]}` : name;
}
