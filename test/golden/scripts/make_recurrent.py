"""Tiny random models that carry a state other than keys and values, and what PyTorch and transformers compute with them.

    python make_recurrent.py [CASE ...]

Writes ../architectures/CASE/ as make_architectures.py does: config.json, model.safetensors (float16), golden.safetensors, and
model.gguf for LFM2. An LSTM language model is torch.nn.LSTM between an embedding and a linear map; every case names its
modules and its keys as another of the common examples does.
"""

import json
import sys

import gguf
import numpy as np
import torch
import transformers as t
from safetensors.torch import save_file

from make_architectures import FOLDER, SIZES, add_metadata, emptied, rope, save_logits, token_ids, write_config

LFM2 = {
    "lfm2": dict(num_hidden_layers=4, layer_types=["conv", "full_attention", "conv", "conv"], block_auto_adjust_ff_dim=False,
                 norm_eps=1e-5, tie_word_embeddings=True, **rope()),
    "lfm2-adjusted": dict(num_hidden_layers=3, full_attn_idxs=[2], conv_L_cache=4, block_multiple_of=16,
                          block_ffn_dim_multiplier=1.3, norm_eps=1e-5, tie_word_embeddings=False, **rope()),
}


class Lstm(torch.nn.Module):
    def __init__(self, names, embedding, hidden, layers, bias=True, head_bias=True, tied=False):
        super().__init__()
        self.names = names
        setattr(self, names[0], torch.nn.Embedding(SIZES["vocab_size"], embedding))
        setattr(self, names[1], torch.nn.LSTM(embedding, hidden, layers, bias=bias, batch_first=True))
        setattr(self, names[2], torch.nn.Linear(hidden, SIZES["vocab_size"], bias=head_bias))
        if tied:
            self.get_submodule(names[2]).weight = self.get_submodule(names[0]).weight

    def forward(self, input_ids):
        embedding, lstm, head = (self.get_submodule(name) for name in self.names)
        return t.modeling_outputs.CausalLMOutput(logits=head(lstm(embedding(input_ids))[0]))


COMMON = dict(model_type="lstm", vocab_size=SIZES["vocab_size"], bos_token_id=1, eos_token_id=2)
LSTM = {
    "lstm": (dict(names=("embedding", "lstm", "fc"), embedding=24, hidden=32, layers=2),
             dict(architectures=["LSTMForCausalLM"], embedding_dim=24, hidden_dim=32, num_layers=2, dropout=0.2)),
    "lstm-tied": (dict(names=("encoder", "rnn", "decoder"), embedding=32, hidden=32, layers=1, tied=True),
                  dict(architectures=["RNNModel"], hidden_size=32, num_hidden_layers=1, tie_word_embeddings=True,
                       max_position_embeddings=512)),
    "lstm-plain": (dict(names=("emb", "lstm", "out"), embedding=16, hidden=40, layers=3, bias=False, head_bias=False),
                   dict(emb_dim=16, n_hidden=40, n_layers=3, bias=False, head_bias=False, bidirectional=False)),
}


def rounded(model, seed: int, norms=()):
    torch.manual_seed(seed)
    for name, parameter in model.named_parameters():
        if any(part in name for part in norms):
            torch.nn.init.uniform_(parameter, 0.5, 1.5)
        else:
            torch.nn.init.normal_(parameter, std=0.35)
        parameter.data = parameter.data.half().float()
    return model.eval()


def save_weights(model, folder, is_tied: bool, head: str) -> None:
    state = {name: tensor.half().contiguous() for name, tensor in model.state_dict().items()
             if not (is_tied and name == f"{head}.weight")}
    save_file(state, folder / "model.safetensors", metadata={"format": "pt"})


def make_lstm(case: str, seed: int) -> None:
    folder = emptied(FOLDER / case)
    given, config = LSTM[case]
    model = rounded(Lstm(**given), seed)
    (folder / "config.json").write_text(json.dumps({**COMMON, **config}, indent=1, sort_keys=True) + "\n")
    save_weights(model, folder, given.get("tied", False), given["names"][2])
    save_logits(model, folder)


def make_lfm2(case: str, seed: int) -> None:
    folder = emptied(FOLDER / case)
    sizes = {key: value for key, value in SIZES.items() if key != "rms_norm_eps"}
    config = t.Lfm2Config(**{**sizes, **LFM2[case]}, attn_implementation="eager")
    model = rounded(t.Lfm2ForCausalLM(config), seed, norms=("norm",))
    config.architectures = [type(model).__name__]
    write_config(config, folder)
    save_weights(model, folder, config.tie_word_embeddings, "lm_head")
    save_logits(model, folder)
    if case == "lfm2":
        save_gguf(model, folder / "model.gguf")


def save_gguf(model, path) -> None:
    config = model.config
    writer = gguf.GGUFWriter(path, "lfm2")
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.LFM2, config.num_hidden_layers)
    config.rms_norm_eps = config.norm_eps
    add_metadata(writer, "lfm2", config)
    kinds = config.layer_types
    writer.kv_data[0].pop("lfm2.attention.head_count_kv", None)
    writer.add_head_count_kv([config.num_key_value_heads if kind == "full_attention" else 0 for kind in kinds])
    writer.add_shortconv_l_cache(config.conv_L_cache)
    for name, tensor in model.state_dict().items():
        if name == "lm_head.weight":
            continue
        values = tensor.float().numpy()
        if "conv.conv" in name:
            values = values.squeeze(1)
        is_matrix = values.ndim == 2 and "conv.conv" not in name
        writer.add_tensor(names.get_name(name, try_suffixes=(".weight", ".bias")),
                          values.astype(np.float16 if is_matrix else np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    wanted = sys.argv[1:] or [*LFM2, *LSTM]
    for case in wanted:
        (make_lstm if case in LSTM else make_lfm2)(case, 100 + [*LFM2, *LSTM].index(case))
        print(case)
