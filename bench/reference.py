"""What PyTorch computes with the dequantised weights, for parity.mjs.

    python reference.py MODEL_FOLDER|FILE.gguf QUESTIONS.json ANSWER_FOLDER

QUESTIONS.json: {"ids": [...], "windows": [[...], ...]}. Writes logits.f32 (tokens of `ids`, vocabulary; little-endian)
and windows.json: for each window the log-probability of every token but the first, and the most likely next tokens.
"""

import json
import sys
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM


@torch.no_grad()
def main() -> None:
    model_folder, questions, answers = map(Path, sys.argv[1:4])
    asked = json.loads(questions.read_text())
    where = (model_folder.parent, model_folder.name) if model_folder.suffix == ".gguf" else (model_folder, None)
    model = AutoModelForCausalLM.from_pretrained(where[0], gguf_file=where[1], dtype=torch.float32,
                                                 attn_implementation="eager").eval()
    model(torch.tensor([asked["ids"]])).logits[0].numpy().astype("<f4").tofile(answers / "logits.f32")
    windows = []
    for ids in asked["windows"]:
        logits = model(torch.tensor([ids])).logits[0]
        logprobs = torch.log_softmax(logits[:-1].double(), dim=-1).gather(1, torch.tensor(ids[1:])[:, None])[:, 0]
        windows.append({"logprobs": logprobs.tolist(), "argmax": logits.argmax(dim=-1).tolist()})
    (answers / "windows.json").write_text(json.dumps(windows))


if __name__ == "__main__":
    main()
