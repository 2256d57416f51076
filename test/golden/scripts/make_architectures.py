"""Tiny random models of every architecture, and what transformers and PEFT compute with them.

    python make_architectures.py [CASE ...]

Writes ../architectures/CASE/: config.json and model.safetensors (float16) as transformers saves them, model.gguf (float16,
named and arranged as llama.cpp's converter does it) where llama.cpp has the architecture, golden.safetensors with logits,
and for training an adapter of PEFT with the gradients of one sequence. A case that only changes how positions are scaled
keeps config.json and golden.safetensors, and shares the weights of another one.
All numbers come from fixed seeds; weights are rounded to float16 before anything is computed in float32.
"""

import json
import shutil
import sys

import gguf
import numpy as np
import torch
import transformers as t
from peft import LoraConfig, get_peft_model
from safetensors.torch import save_file

from make_golden import GOLDEN

FOLDER = GOLDEN / "architectures"
TOKENS, COLUMNS, TRAINED = 256, 16, 24
LENGTHS = [40, 95, 96, 97, 98, 160]
RANK, ALPHA = 2, 4
SIZES = dict(vocab_size=64, hidden_size=32, intermediate_size=40, num_hidden_layers=2, num_attention_heads=4,
             num_key_value_heads=2, max_position_embeddings=512, rms_norm_eps=1e-6, bos_token_id=1, eos_token_id=2,
             pad_token_id=0)
THETA = dict(rope_type="default", rope_theta=500.0)
FACTORS = dict(short_factor=[1 + 0.05 * i for i in range(6)], long_factor=[2 + 0.5 * i for i in range(6)])


def rope(**scaling):
    return dict(rope_parameters={**THETA, **scaling})


CASES = {
    "llama": (t.LlamaForCausalLM, t.LlamaConfig, dict(head_dim=16, attention_bias=True, mlp_bias=True, **rope())),
    "mistral": (t.MistralForCausalLM, t.MistralConfig, dict(head_dim=16, sliding_window=8, **rope())),
    "qwen2": (t.Qwen2ForCausalLM, t.Qwen2Config, dict(tie_word_embeddings=True, **rope())),
    "qwen3": (t.Qwen3ForCausalLM, t.Qwen3Config, dict(head_dim=16, **rope())),
    "granite": (t.GraniteForCausalLM, t.GraniteConfig, dict(
        embedding_multiplier=6.0, attention_multiplier=0.2, residual_multiplier=0.4, logits_scaling=3.0, **rope())),
    "granite-hybrid": (t.GraniteMoeHybridForCausalLM, t.GraniteMoeHybridConfig, dict(
        embedding_multiplier=6.0, attention_multiplier=0.2, residual_multiplier=0.4, logits_scaling=3.0,
        num_local_experts=0, num_experts_per_tok=0, shared_intermediate_size=40, position_embedding_type="rope",
        layer_types=["full_attention"] * 2, mamba_n_heads=4, mamba_d_head=16, tie_word_embeddings=True, **rope())),
    "gemma2": (t.Gemma2ForCausalLM, t.Gemma2Config, dict(
        head_dim=16, query_pre_attn_scalar=16, sliding_window=8, attn_logit_softcapping=5.0, final_logit_softcapping=8.0,
        **rope())),
    "gemma3": (t.Gemma3ForCausalLM, t.Gemma3TextConfig, dict(
        num_hidden_layers=3, head_dim=16, query_pre_attn_scalar=16, sliding_window=8,
        layer_types=["sliding_attention", "full_attention", "sliding_attention"],
        rope_parameters={"full_attention": dict(rope_type="linear", factor=4.0, rope_theta=900.0),
                         "sliding_attention": dict(THETA)})),
    "smollm3": (t.SmolLM3ForCausalLM, t.SmolLM3Config, dict(
        num_hidden_layers=4, tie_word_embeddings=True, **rope())),
    "olmo2": (t.Olmo2ForCausalLM, t.Olmo2Config, dict(**rope())),
    "phi3": (t.Phi3ForCausalLM, t.Phi3Config, dict(
        hidden_size=64, original_max_position_embeddings=256,
        rope_parameters={**THETA, "rope_type": "longrope", "partial_rotary_factor": 0.75, **FACTORS})),
    "gpt2": (t.GPT2LMHeadModel, t.GPT2Config, dict(
        n_embd=32, n_layer=2, n_head=4, n_positions=512, resid_pdrop=0.0, embd_pdrop=0.0, attn_pdrop=0.0)),
    "gpt2-erf": (t.GPT2LMHeadModel, t.GPT2Config, dict(
        n_embd=32, n_layer=2, n_head=4, n_positions=512, n_inner=40, activation_function="gelu",
        resid_pdrop=0.0, embd_pdrop=0.0, attn_pdrop=0.0)),
}
WITHOUT_GGUF = {"mistral", "granite-hybrid", "gpt2-erf", "gemma3"}
# (case whose weights are shared, what config.json says instead)
VARIANTS = {
    "llama-linear": ("llama", rope(rope_type="linear", factor=3.0)),
    "llama-dynamic": ("llama", rope(rope_type="dynamic", factor=3.0)),
    "llama-yarn": ("llama", rope(rope_type="yarn", factor=4.0, original_max_position_embeddings=128)),
    "llama-yarn-mscale": ("llama", rope(rope_type="yarn", factor=8.0, original_max_position_embeddings=64, beta_fast=16.0,
                                       beta_slow=2.0, mscale=0.7, mscale_all_dim=0.5, truncate=False)),
    "llama-llama3": ("llama", rope(rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
                                   original_max_position_embeddings=64)),
    "llama-longrope": ("llama", rope(rope_type="longrope", original_max_position_embeddings=256,
                                     short_factor=[1 + 0.1 * i for i in range(8)], long_factor=[3.0] * 8)),
    "llama-longrope-beyond": ("llama", rope(rope_type="longrope", original_max_position_embeddings=96,
                                            short_factor=[1 + 0.1 * i for i in range(8)],
                                            long_factor=[2 + 0.3 * i for i in range(8)])),
    "phi3-beyond": ("phi3", dict(
        original_max_position_embeddings=96,
        rope_parameters={**THETA, "rope_type": "longrope", "original_max_position_embeddings": 96,
                         "partial_rotary_factor": 0.75, **FACTORS})),
}


def model_of(case: str, seed: int):
    model_class, config_class, own = CASES[case]
    sizes = {k: v for k, v in SIZES.items() if not case.startswith("gpt2") or k.endswith("_id") or k == "vocab_size"}
    config = config_class(**{**sizes, **own}, attn_implementation="eager")
    torch.manual_seed(seed)
    model = model_class(config).eval()
    for name, parameter in model.named_parameters():
        if "norm" in name or ".ln_" in name:
            offset = 0.0 if case.startswith("gemma") or name.endswith("bias") else 1.0
            torch.nn.init.uniform_(parameter, offset - 0.5, offset + 0.5)
        else:
            torch.nn.init.normal_(parameter, std=0.25)
        parameter.data = parameter.data.half().float()
    return model


def token_ids(count: int, seed: int):
    return torch.randint(0, SIZES["vocab_size"], (count,), generator=torch.Generator().manual_seed(seed))


def save_logits(model, folder) -> None:
    ids = token_ids(TOKENS, 5)
    with torch.no_grad():
        logits = model(input_ids=ids[None]).logits[0]
        # a text whose length changes how all of it is read: what comes after its last token, at some lengths
        last = {f"after.{n}": model(input_ids=ids[None, :n]).logits[0, -1].contiguous()
                for n in (LENGTHS if folder.name.endswith("-beyond") else [])}
    save_file({"ids": ids.int(), "logits": logits[:, :: 64 // COLUMNS].contiguous(), "logSumExp": logits.logsumexp(-1),
               **last}, folder / "golden.safetensors")


def save_training(model, folder) -> None:
    """An adapter with random B on every linear map of the layers, the loss of one text, and the gradients."""
    torch.manual_seed(7)
    modules = {name.split(".")[-1] for name, module in model.named_modules()
               if (isinstance(module, torch.nn.Linear) or type(module).__name__ == "Conv1D") and name != "lm_head"}
    is_conv = type(model).__name__.startswith("GPT2")
    config = LoraConfig(r=RANK, lora_alpha=ALPHA, target_modules=sorted(modules), task_type="CAUSAL_LM",
                        fan_in_fan_out=is_conv)
    peft = get_peft_model(model, config)
    peft.peft_config["default"].base_model_name_or_path = folder.name  # no path of this machine
    for name, parameter in peft.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.1)
    peft.save_pretrained(folder / "adapter")
    (folder / "adapter" / "README.md").unlink(missing_ok=True)
    ids = token_ids(TRAINED + 1, 6)
    logits = peft(input_ids=ids[None, :-1]).logits[0]
    loss = torch.nn.functional.cross_entropy(logits, ids[1:])
    smoothed = torch.nn.functional.cross_entropy(logits, ids[1:], label_smoothing=0.1)
    trained = [(name.replace(".default", ""), p) for name, p in peft.named_parameters() if p.requires_grad]
    loss.backward(retain_graph=True)
    gradients = {name: p.grad.clone() for name, p in trained}
    save_file({"ids": ids.int(), "loss": loss.detach()[None], "smoothedLoss": smoothed.detach()[None], **gradients},
              folder / "gradients.safetensors")


# ---- GGUF, as llama.cpp's converter writes it ----

INTERLEAVED = {"llama", "granite", "smollm3"}


def permuted(rows: np.ndarray, heads: int) -> np.ndarray:
    return rows.reshape(heads, 2, rows.shape[0] // heads // 2, *rows.shape[1:]).swapaxes(1, 2).reshape(rows.shape)


def save_gguf(case: str, model, path) -> None:
    config = model.config
    architecture = case if case in ("gpt2",) else case.split("-")[0]
    writer = gguf.GGUFWriter(path, architecture)
    arch = next(key for key, name in gguf.MODEL_ARCH_NAMES.items() if name == architecture)
    names = gguf.get_tensor_name_map(arch, config.num_hidden_layers)
    add_metadata(writer, case, config)
    for name, tensor in model.state_dict().items():
        if name == "lm_head.weight" and config.tie_word_embeddings:
            continue
        values = tensor.float().numpy()
        if case in INTERLEAVED and ("q_proj" in name or "k_proj" in name):
            heads = config.num_attention_heads if "q_proj" in name else config.num_key_value_heads
            values = permuted(values, heads)
        if case == "gpt2" and any(part in name for part in ("c_attn.weight", "c_proj.weight", "c_fc.weight")):
            values = np.ascontiguousarray(values.T)
        if case.startswith("gemma") and name.endswith("norm.weight"):
            values = values + 1
        writer.add_tensor(names.get_name(name, try_suffixes=(".weight", ".bias")),
                          values.astype(np.float16 if values.ndim == 2 else np.float32))
    if case == "phi3":
        for kind in ("long", "short"):
            factors = np.array(config.rope_parameters[f"{kind}_factor"], np.float32)
            writer.add_tensor(f"rope_factors_{kind}.weight", factors)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def add_metadata(writer, case: str, config) -> None:
    head_dim = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_feed_forward_length(4 * config.hidden_size if case == "gpt2" else config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    if case == "gpt2":
        writer.add_layer_norm_eps(config.layer_norm_epsilon)
    else:
        writer.add_head_count_kv(config.num_key_value_heads)
        writer.add_layer_norm_rms_eps(config.rms_norm_eps)
        writer.add_rope_freq_base(config.rope_parameters["rope_theta"])
    if case in ("llama", "granite", "smollm3"):
        writer.add_rope_dimension_count(head_dim)
    if case in ("llama", "qwen3", "gemma2"):
        writer.add_key_length(head_dim)
        writer.add_value_length(head_dim)
    if case == "granite":
        writer.add_attention_scale(config.attention_multiplier)
        writer.add_embedding_scale(config.embedding_multiplier)
        writer.add_residual_scale(config.residual_multiplier)
        writer.add_logit_scale(config.logits_scaling)
    if case == "gemma2":
        writer.add_attn_logit_softcapping(config.attn_logit_softcapping)
        writer.add_final_logit_softcapping(config.final_logit_softcapping)
        writer.add_sliding_window(config.sliding_window)
    if case == "phi3":
        original, longest = config.original_max_position_embeddings, config.max_position_embeddings
        writer.add_rope_scaling_orig_ctx_len(original)
        writer.add_rope_dimension_count(int(0.75 * head_dim))
        writer.add_sliding_window(0)
        writer.add_rope_scaling_attn_factors(float(np.sqrt(1 + np.log(longest / original) / np.log(original))))
    writer.add_file_type(1)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list([chr(ord("!") + i) for i in range(config.vocab_size)])
    writer.add_token_types([1] * config.vocab_size)
    writer.add_token_merges([])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)


def emptied(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def write_config(config, folder) -> None:
    text = json.loads(config.to_json_string(use_diff=False))
    text.pop("transformers_version", None)
    (folder / "config.json").write_text(json.dumps(text, indent=1, sort_keys=True) + "\n")


def make(case: str, seed: int) -> None:
    folder = emptied(FOLDER / case)
    if case in VARIANTS:
        of, changes = VARIANTS[case]
        model = model_of(of, list(CASES).index(of))
        config = type(model.config)(**{**model.config.to_dict(), **changes}, attn_implementation="eager")
        varied = type(model)(config).eval()
        varied.load_state_dict(model.state_dict())
        config.architectures = [type(model).__name__]
        write_config(config, folder)
        save_logits(varied, folder)
        return
    model = model_of(case, seed)
    model.config.architectures = [type(model).__name__]
    write_config(model.config, folder)
    state = {name: tensor.half().contiguous() for name, tensor in model.state_dict().items()
             if not (name == "lm_head.weight" and model.config.tie_word_embeddings)}
    save_file(state, folder / "model.safetensors", metadata={"format": "pt"})
    save_logits(model, folder)
    if case not in WITHOUT_GGUF:
        save_gguf(case, model, folder / "model.gguf")
    save_training(model, folder)


if __name__ == "__main__":
    wanted = sys.argv[1:] or [*CASES, *VARIANTS]
    for case in wanted:
        make(case, [*CASES, *VARIANTS].index(case))
        print(case)
