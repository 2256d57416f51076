/** The linear maps of one decoder layer; also the names of LoRA targets. */
export type LinearName = 'q' | 'k' | 'v' | 'o' | 'gate' | 'up' | 'down';

/**
 * Everything that differs between decoder architectures, in one place: inference, training and conversion read it.
 * All of them are pre-norm decoders with rotary positions (rotate-half), RMS norm, grouped-query attention and SwiGLU.
 */
export interface Architecture {
  /** class name in `config.json` */
  readonly name: string;
  /** `general.architecture` in a GGUF file, also the prefix of its metadata keys */
  readonly ggufName: string;
  /** llama.cpp interleaves the rows of q and k for its rotary layout; they are put back when a GGUF is read */
  readonly ggufInterleavesRotaryRows: boolean;
  readonly huggingFace: TensorNames;
  readonly gguf: TensorNames;
}

export interface TensorNames {
  readonly embedding: string;
  readonly finalNorm: string;
  readonly head: string;
  readonly attentionNorm: (layer: number) => string;
  readonly mlpNorm: (layer: number) => string;
  readonly linear: (layer: number, name: LinearName) => string;
}

const huggingFaceModules: Readonly<Record<LinearName, string>> = {
  q: 'self_attn.q_proj',
  k: 'self_attn.k_proj',
  v: 'self_attn.v_proj',
  o: 'self_attn.o_proj',
  gate: 'mlp.gate_proj',
  up: 'mlp.up_proj',
  down: 'mlp.down_proj',
};

const ggufModules: Readonly<Record<LinearName, string>> = {
  q: 'attn_q',
  k: 'attn_k',
  v: 'attn_v',
  o: 'attn_output',
  gate: 'ffn_gate',
  up: 'ffn_up',
  down: 'ffn_down',
};

const llama: Architecture = {
  name: 'LlamaForCausalLM',
  ggufName: 'llama',
  ggufInterleavesRotaryRows: true,
  huggingFace: {
    embedding: 'model.embed_tokens.weight',
    finalNorm: 'model.norm.weight',
    head: 'lm_head.weight',
    attentionNorm: (layer) => `model.layers.${layer}.input_layernorm.weight`,
    mlpNorm: (layer) => `model.layers.${layer}.post_attention_layernorm.weight`,
    linear: (layer, name) => `model.layers.${layer}.${huggingFaceModules[name]}.weight`,
  },
  gguf: {
    embedding: 'token_embd.weight',
    finalNorm: 'output_norm.weight',
    head: 'output.weight',
    attentionNorm: (layer) => `blk.${layer}.attn_norm.weight`,
    mlpNorm: (layer) => `blk.${layer}.ffn_norm.weight`,
    linear: (layer, name) => `blk.${layer}.${ggufModules[name]}.weight`,
  },
};

/** By class name. */
export const architectures: Readonly<Record<string, Architecture>> = { [llama.name]: llama };

export const linearNames: readonly LinearName[] = ['q', 'k', 'v', 'o', 'gate', 'up', 'down'];

/** (rows, columns) = (outputs, inputs) of a linear map. */
export function linearShape(
  config: { hiddenSize: number; intermediateSize: number; heads: number; kvHeads: number; headDim: number },
  name: LinearName,
): { rows: number; columns: number } {
  const { hiddenSize, intermediateSize } = config;
  const q = config.heads * config.headDim;
  const kv = config.kvHeads * config.headDim;
  switch (name) {
    case 'q':
      return { rows: q, columns: hiddenSize };
    case 'k':
    case 'v':
      return { rows: kv, columns: hiddenSize };
    case 'o':
      return { rows: hiddenSize, columns: q };
    case 'gate':
    case 'up':
      return { rows: intermediateSize, columns: hiddenSize };
    case 'down':
      return { rows: hiddenSize, columns: intermediateSize };
  }
}
