"""GGUF -> a folder that transformers can load: fp32 safetensors in the Hugging Face layout, config, tokenizer.

    python dequantise.py MODEL.gguf FOLDER

Every number is the one that the GGUF stores, dequantised by the reference code of the `gguf` package; only the order
of the query and key rows changes back from llama.cpp's interleaved rotary pairs to the halves that transformers uses.
"""

import json
import sys
from pathlib import Path

import gguf
import numpy as np
from safetensors.numpy import save_file
from transformers import AutoTokenizer

BLOCK_NAMES = {
    "attn_norm": "input_layernorm",
    "ffn_norm": "post_attention_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}


def field(reader: gguf.GGUFReader, name: str):
    return reader.get_field(name).contents()


def config_of(reader: gguf.GGUFReader) -> dict:
    heads = field(reader, "llama.attention.head_count")
    hidden = field(reader, "llama.embedding_length")
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "hidden_act": "silu",
        "hidden_size": hidden,
        "intermediate_size": field(reader, "llama.feed_forward_length"),
        "num_hidden_layers": field(reader, "llama.block_count"),
        "num_attention_heads": heads,
        "num_key_value_heads": field(reader, "llama.attention.head_count_kv"),
        "head_dim": hidden // heads,
        "max_position_embeddings": field(reader, "llama.context_length"),
        # the GGUF stores a 32-bit float: 9.99999974737875e-06
        "rms_norm_eps": round(field(reader, "llama.attention.layer_norm_rms_epsilon"), 10),
        "rope_theta": field(reader, "llama.rope.freq_base"),
        "rope_scaling": None,
        "vocab_size": field(reader, "llama.vocab_size"),
        "bos_token_id": field(reader, "tokenizer.ggml.bos_token_id"),
        "eos_token_id": field(reader, "tokenizer.ggml.eos_token_id"),
        "pad_token_id": field(reader, "tokenizer.ggml.eos_token_id"),
        "attention_bias": False,
        "mlp_bias": False,
        "tie_word_embeddings": True,
        "dtype": "float32",
    }


def tensors_of(reader: gguf.GGUFReader, config: dict) -> dict[str, np.ndarray]:
    stored = {tensor.name: tensor for tensor in reader.tensors}

    def dequantised(name: str) -> np.ndarray:
        tensor = stored[name]
        return gguf.quants.dequantize(tensor.data, tensor.tensor_type).astype(np.float32)

    tensors = {
        "model.embed_tokens.weight": dequantised("token_embd.weight"),
        "model.norm.weight": dequantised("output_norm.weight"),
    }
    heads = {"attn_q": config["num_attention_heads"], "attn_k": config["num_key_value_heads"]}
    for layer in range(config["num_hidden_layers"]):
        for ours, theirs in BLOCK_NAMES.items():
            weight = dequantised(f"blk.{layer}.{ours}.weight")
            if ours in heads:
                weight = halves_of_pairs(weight, heads[ours])
            tensors[f"model.layers.{layer}.{theirs}.weight"] = np.ascontiguousarray(weight)
    return tensors


def halves_of_pairs(weight: np.ndarray, heads: int) -> np.ndarray:
    """(heads · d/2 · 2, in) -> (heads · 2 · d/2, in): rotary pairs side by side become two halves."""
    rows, columns = weight.shape
    return weight.reshape(heads, rows // heads // 2, 2, columns).swapaxes(1, 2).reshape(rows, columns)


def save_tokenizer(source: Path, folder: Path) -> None:
    """transformers rebuilds the tokenizer from the GGUF's metadata but loses `pre = smollm`: digits one by one."""
    AutoTokenizer.from_pretrained(str(source.parent), gguf_file=source.name).save_pretrained(folder)
    path = folder / "tokenizer.json"
    tokenizer = json.loads(path.read_text())
    tokenizer["pre_tokenizer"] = {
        "type": "Sequence",
        "pretokenizers": [
            {"type": "Digits", "individual_digits": True},
            {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True},
        ],
    }
    tokenizer["post_processor"] = None  # no token is added in front
    path.write_text(json.dumps(tokenizer, ensure_ascii=False))


def main() -> None:
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    reader = gguf.GGUFReader(source)
    config = config_of(reader)
    (folder / "config.json").write_text(json.dumps(config, indent=2))
    save_file(tensors_of(reader, config), folder / "model.safetensors", metadata={"format": "pt"})
    save_tokenizer(source, folder)


if __name__ == "__main__":
    main()
