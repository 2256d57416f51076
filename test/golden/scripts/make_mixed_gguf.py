"""A tiny random Llama as GGUF with a different block format for every linear map, and its logits from PyTorch.

    python make_mixed_gguf.py

Writes ../mixed.gguf and ../mixed.json. The formats that the gguf package cannot quantise to (K-quants) are made of
random blocks; PyTorch computes with the dequantised values of the same bytes.
"""

import numpy as np
import torch
from gguf import GGMLQuantizationType as T
from gguf import GGUFWriter
from gguf.quants import dequantize, quant_shape_to_byte_shape, quantize
from transformers import LlamaConfig, LlamaForCausalLM

from make_golden import GOLDEN, rounded, write

SIZES = dict(vocab_size=256, hidden_size=256, intermediate_size=256, num_hidden_layers=1, num_attention_heads=4,
             num_key_value_heads=2, max_position_embeddings=128, rms_norm_eps=1e-5, rope_theta=10000.0,
             tie_word_embeddings=False)
FORMATS = {"attn_q": T.Q4_1, "attn_k": T.Q4_K, "attn_v": T.Q6_K, "attn_output": T.Q5_0, "ffn_gate": T.Q5_1,
           "ffn_up": T.Q5_1, "ffn_down": T.Q4_0, "token_embd": T.Q4_1, "output": T.Q8_0}
HF = {"attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj",
      "attn_output": "self_attn.o_proj", "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj",
      "ffn_down": "mlp.down_proj"}
HEADS = {"attn_q": 4, "attn_k": 2}
IDS = [5, 250, 17, 0, 99, 143, 143, 201, 64, 31, 8, 222, 100, 76, 2, 190, 57, 33, 33, 240]
random = np.random.default_rng(11)


def quantised(shape: tuple[int, int], kind: T) -> np.ndarray:
    """Bytes of a random matrix of about standard deviation 0.1."""
    if kind not in (T.Q4_K, T.Q6_K):
        return quantize(random.normal(0, 0.1, shape).astype(np.float32), kind)
    data = random.integers(0, 256, quant_shape_to_byte_shape(shape, kind), dtype=np.uint8)
    block_bytes, scale_at, scale = {T.Q4_K: (144, [0, 2], 4e-4), T.Q6_K: (210, [208], 1e-4)}[kind]
    blocks = data.reshape(-1, block_bytes)
    for at in scale_at:
        blocks[:, at:at + 2] = np.full(len(blocks), scale, np.float16).view(np.uint8).reshape(-1, 2)
    return data


def rotate_half_rows(rows: np.ndarray, heads: int) -> np.ndarray:
    """llama.cpp's interleaved rotary rows in the order of transformers."""
    out, columns = rows.shape
    return rows.reshape(heads, out // heads // 2, 2, columns).swapaxes(1, 2).reshape(out, columns)


model = LlamaForCausalLM(LlamaConfig(**SIZES)).eval()
state = model.state_dict()
writer = GGUFWriter(GOLDEN / "mixed.gguf", "llama")
writer.add_context_length(128)
writer.add_embedding_length(256)
writer.add_block_count(1)
writer.add_feed_forward_length(256)
writer.add_head_count(4)
writer.add_head_count_kv(2)
writer.add_layer_norm_rms_eps(1e-5)
writer.add_rope_dimension_count(64)
writer.add_rope_freq_base(10000.0)
writer.add_tokenizer_model("gpt2")
writer.add_tokenizer_pre("gpt-2")
printable = [b for b in range(256) if 33 <= b <= 126 or 161 <= b <= 172 or b >= 174]
rest = [b for b in range(256) if b not in printable]
alphabet = {b: chr(b) for b in printable} | {b: chr(256 + i) for i, b in enumerate(rest)}
writer.add_token_list([alphabet[b] for b in range(256)])
writer.add_token_types([1] * 256)
writer.add_token_merges([])


def add(name: str, hf_name: str, shape: tuple[int, int], heads: int = 0) -> None:
    kind = FORMATS[name.split(".")[-2]]
    data = quantised(shape, kind)
    writer.add_tensor(name, data, raw_dtype=kind)
    values = dequantize(data, kind).reshape(shape)
    state[hf_name] = torch.tensor(rotate_half_rows(values, heads) if heads else values)


def add_norm(name: str, hf_name: str) -> None:
    values = random.uniform(0.5, 1.5, 256).astype(np.float32)
    writer.add_tensor(name, values)
    state[hf_name] = torch.tensor(values)


add("token_embd.weight", "model.embed_tokens.weight", (256, 256))
for short, module in HF.items():
    name = f"model.layers.0.{module}.weight"
    add(f"blk.0.{short}.weight", name, tuple(state[name].shape), HEADS.get(short, 0))
add_norm("blk.0.attn_norm.weight", "model.layers.0.input_layernorm.weight")
add_norm("blk.0.ffn_norm.weight", "model.layers.0.post_attention_layernorm.weight")
add_norm("output_norm.weight", "model.norm.weight")
add("output.weight", "lm_head.weight", (256, 256))
writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()
model.load_state_dict(state)
with torch.inference_mode():
    logits = model(torch.tensor([IDS])).logits[0]
write("mixed.json", {"ids": IDS, "logits": [rounded(row, 5) for row in logits]})
