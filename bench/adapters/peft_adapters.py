"""PEFT's side of peftRoundTrip.mjs.

    python peft_adapters.py make MODEL_FOLDER ADAPTER_FOLDER
    python peft_adapters.py logits MODEL_FOLDER ADAPTER_FOLDER IDS.json LOGITS.f32

`make` writes an adapter of all seven linear maps with random A and B. `logits` writes (tokens, vocabulary), float32,
little-endian, of the model with the adapter, and the largest difference that the adapter makes, as JSON on stdout.
"""

import json
import sys
from pathlib import Path

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForCausalLM

TARGETS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def base_of(folder: str):
    return AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()


def make(model_folder: str, adapter_folder: str) -> None:
    torch.manual_seed(0)
    config = LoraConfig(task_type="CAUSAL_LM", r=8, lora_alpha=16, target_modules=TARGETS)
    model = get_peft_model(base_of(model_folder), config)
    with torch.no_grad():
        for name, values in model.named_parameters():
            if "lora_B" in name:
                values.normal_(std=0.01)  # zero as PEFT begins would prove nothing
    model.save_pretrained(adapter_folder)


@torch.no_grad()
def logits(model_folder: str, adapter_folder: str, ids_file: str, target: str) -> None:
    ids = torch.tensor([json.loads(Path(ids_file).read_text())])
    base = base_of(model_folder)
    without = base(ids).logits[0]
    adapted = PeftModel.from_pretrained(base, adapter_folder).eval()(ids).logits[0]
    adapted.numpy().astype("<f4").tofile(target)
    print(json.dumps({"difference": (adapted - without).abs().max().item()}))


if __name__ == "__main__":
    {"make": make, "logits": logits}[sys.argv[1]](*sys.argv[2:])
