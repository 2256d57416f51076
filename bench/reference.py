"""What PyTorch computes with the dequantised weights, for parity.mjs.

    python reference.py MODEL_FOLDER|FILE.gguf QUESTIONS.json ANSWER_FOLDER

QUESTIONS.json: {"ids": [...], "windows": [[...], ...]}. Writes logits.f32 (tokens of `ids`, vocabulary; little-endian)
and windows.json: for each window the log-probability of every token but the first, and the most likely next tokens.
What is done of them stays in windows.jsonl, so that a run that was broken off goes on.
"""

import json
import sys
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM

ROWS = 64


@torch.no_grad()
def main() -> None:
    model_folder, questions, answers = map(Path, sys.argv[1:4])
    asked = json.loads(questions.read_text())
    where = (model_folder.parent, model_folder.name) if model_folder.suffix == ".gguf" else (model_folder, None)
    model = AutoModelForCausalLM.from_pretrained(where[0], gguf_file=where[1], dtype=torch.float32,
                                                 attn_implementation="eager").eval()
    done = answers / "windows.jsonl"
    windows = [json.loads(line) for line in done.read_text().splitlines()] if done.exists() else []
    if not windows:
        model(torch.tensor([asked["ids"]])).logits[0].numpy().astype("<f4").tofile(answers / "logits.f32")
    for ids in asked["windows"][len(windows):]:
        windows.append(window(model(torch.tensor([ids])).logits[0], ids))
        with done.open("a") as lines:
            lines.write(json.dumps(windows[-1]) + "\n")
    (answers / "windows.json").write_text(json.dumps(windows))


def window(logits: torch.Tensor, ids: list[int]) -> dict:
    """`logits` (tokens, vocabulary); some rows at a time, for with a large vocabulary all of them are a gigabyte."""
    logprobs = []
    for start in range(0, len(ids) - 1, ROWS):
        rows = torch.log_softmax(logits[start:min(start + ROWS, len(ids) - 1)].double(), dim=-1)
        logprobs += rows.gather(1, torch.tensor(ids[start + 1:start + 1 + len(rows)])[:, None])[:, 0].tolist()
    return {"logprobs": logprobs, "argmax": logits.argmax(dim=-1).tolist()}


if __name__ == "__main__":
    main()
