"""A tiny random Llama and its logits: a model folder small enough to keep, different wherever the bundled model is not.

    python make_tiny_llama.py

Writes ../tiny-llama/ (config, float32 safetensors, byte-level tokenizer, chat template) and ../tiny-llama.json.
Unlike the bundled model its head is not tied, a head's width is not hidden / heads, and epsilon and theta are others.
"""

import json
from pathlib import Path

import torch
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM

from make_golden import GOLDEN, rounded, write

SEED = 20
IDS = [5, 250, 17, 0, 99, 143, 143, 201, 64, 31, 8, 222, 100, 76, 2, 190, 57, 33, 33, 240, 12, 180, 71, 128]
CHAT_TEMPLATE = (
    "{% for message in messages %}{{ '<s>' + message['role'] + ': ' + message['content'] + '</s>' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<s>assistant: ' }}{% endif %}"
)


def byte_tokenizer() -> Tokenizer:
    """One token per byte, and two control tokens behind them."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(models.BPE(vocab={character: index for index, character in enumerate(alphabet)}, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken("<s>", special=True), AddedToken("</s>", special=True)])
    return tokenizer


def tiny_llama(vocabulary: int) -> LlamaForCausalLM:
    torch.manual_seed(SEED)
    config = LlamaConfig(
        vocab_size=vocabulary,
        hidden_size=32,
        intermediate_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        head_dim=16,
        max_position_embeddings=256,
        rms_norm_eps=1e-6,
        rope_theta=500.0,
        tie_word_embeddings=False,
        bos_token_id=256,
        eos_token_id=257,
        pad_token_id=257,
    )
    model = LlamaForCausalLM(config).eval()
    for name, parameter in model.named_parameters():
        if name.endswith("norm.weight"):
            torch.nn.init.uniform_(parameter, 0.5, 1.5)
        else:
            torch.nn.init.normal_(parameter, std=0.3)
    return model


def save(model: LlamaForCausalLM, tokenizer: Tokenizer, folder: Path) -> None:
    model.save_pretrained(folder)
    (folder / "tokenizer.json").write_text(tokenizer.to_str())
    settings = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": "<s>",
        "eos_token": "</s>",
        "pad_token": "</s>",
        "add_bos_token": False,
        "clean_up_tokenization_spaces": False,
        "model_max_length": 256,
        "chat_template": CHAT_TEMPLATE,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=2) + "\n")


@torch.no_grad()
def main() -> None:
    tokenizer = byte_tokenizer()
    model = tiny_llama(tokenizer.get_vocab_size())
    save(model, tokenizer, GOLDEN / "tiny-llama")
    logits = model(torch.tensor([IDS])).logits[0]  # (24, 258)
    write("tiny-llama.json", {"seed": SEED, "ids": IDS, "logits": [rounded(row, 5) for row in logits]})


if __name__ == "__main__":
    main()
