"""What PyTorch and PEFT make of the tiny random Llama: gradients, loss curves, optimizers' trajectories, an adapter.

    python make_training_golden.py

Reads ../../tiny-llama (made by ../../scripts/make_tiny_llama.py), writes everything else of this folder's parent.
"""

import json
import math
from pathlib import Path

import torch
from peft import LoraConfig, get_peft_model
from safetensors.torch import save_file
from torch.nn.functional import cross_entropy
from transformers import AutoModelForCausalLM

FOLDER = Path(__file__).resolve().parent.parent
BASE = FOLDER.parent / "tiny-llama"
TARGETS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
RANK, ALPHA = 4, 8
LENGTH = 24
DOCUMENTS = [10, 9, 5]  # tokens of the documents that are packed into one sequence


def model_with_adapter(random_b: bool):
    torch.manual_seed(7)
    model = AutoModelForCausalLM.from_pretrained(BASE, dtype=torch.float32, attn_implementation="eager")
    config = LoraConfig(r=RANK, lora_alpha=ALPHA, target_modules=TARGETS, lora_dropout=0.0, task_type="CAUSAL_LM")
    model = get_peft_model(model, config)
    model.peft_config["default"].base_model_name_or_path = BASE.name  # no path of this machine
    if random_b:
        for name, parameter in model.named_parameters():
            if "lora_B" in name:
                torch.nn.init.normal_(parameter, std=0.1)
    return model


def save(model, folder: Path) -> None:
    model.save_pretrained(folder)
    (folder / "README.md").unlink(missing_ok=True)
    (folder / "adapter_model.safetensors").chmod(0o644)


def trained(model):
    """(name as in the adapter's file, parameter)"""
    return [(name.replace(".default", ""), p) for name, p in model.named_parameters() if p.requires_grad]


def packed_sequence(seed: int):
    """Documents one after the other: positions start anew, and no token sees another document."""
    generator = torch.Generator().manual_seed(seed)
    ids = torch.randint(0, 256, (LENGTH + 1,), generator=generator)
    segments = torch.cat([torch.full((length,), index) for index, length in enumerate(DOCUMENTS)])
    positions = torch.cat([torch.arange(length) for length in DOCUMENTS])
    weights = torch.ones(LENGTH)
    weights[[0, 1, 10]] = 0.0
    weights[20] = 2.5
    return ids[:-1], ids[1:], segments, positions, weights


def logits_of(model, ids, segments, positions):
    sees = (segments[:, None] == segments[None, :]) & torch.ones(len(ids), len(ids), dtype=torch.bool).tril()
    mask = torch.where(sees, 0.0, -1e9)[None, None]
    return model(input_ids=ids[None], position_ids=positions[None], attention_mask=mask).logits[0]


def weighted_loss(logits, targets, weights, smoothing=0.0):
    losses = cross_entropy(logits, targets, reduction="none", label_smoothing=smoothing)
    return (losses * weights).sum() / weights.sum()


def gradients() -> None:
    model = model_with_adapter(random_b=True)
    save(model, FOLDER / "adapter")
    ids, targets, segments, positions, weights = packed_sequence(3)
    logits = logits_of(model, ids, segments, positions)
    loss = weighted_loss(logits, targets, weights)
    smoothed = weighted_loss(logits, targets, weights, smoothing=0.1)
    loss.backward(retain_graph=True)
    of_loss = {name: parameter.grad.clone() for name, parameter in trained(model)}
    model.zero_grad()
    smoothed.backward()
    of_smoothed = {f"smoothed.{name}": parameter.grad.clone() for name, parameter in trained(model)}
    save_file({**of_loss, **of_smoothed}, FOLDER / "gradients.safetensors")
    (FOLDER / "gradients.safetensors").chmod(0o644)
    write(
        "gradients.json",
        {
            "rank": RANK,
            "alpha": ALPHA,
            "inputIds": ids.tolist(),
            "targets": targets.tolist(),
            "segments": segments.tolist(),
            "positions": positions.tolist(),
            "lossWeights": weights.tolist(),
            "loss": loss.item(),
            "smoothedLoss": smoothed.item(),
            "negativeLogLikelihoods": cross_entropy(logits, targets, reduction="none").tolist(),
        },
    )


def loss_curve() -> None:
    """30 steps of AdamW with warm-up, cosine and clipping, two sequences per step; three steps' data come again and again."""
    steps, warmup, learning_rate, max_norm = 30, 5, 5e-3, 1.0
    model = model_with_adapter(random_b=False)
    save(model, FOLDER / "initial-adapter")
    parameters = [parameter for _, parameter in trained(model)]
    optimizer = torch.optim.AdamW(parameters, lr=learning_rate, weight_decay=0.01)
    generator = torch.Generator().manual_seed(11)
    data = torch.randint(0, 256, (6, LENGTH + 1), generator=generator)
    losses, norms = [], []
    for step in range(steps):
        rate = (step + 1) / warmup if step < warmup else (1 + math.cos(math.pi * (step - warmup) / (steps - warmup))) / 2
        for group in optimizer.param_groups:
            group["lr"] = learning_rate * rate
        batch = data[[(2 * step) % 6, (2 * step + 1) % 6]]
        logits = model(input_ids=batch[:, :-1]).logits
        loss = cross_entropy(logits.flatten(0, 1), batch[:, 1:].flatten())
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(parameters, max_norm).item())
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
    write(
        "loss-curve.json",
        {
            "learningRate": learning_rate,
            "warmupSteps": warmup,
            "weightDecay": 0.01,
            "maxGradNorm": max_norm,
            "sequences": data.tolist(),
            "losses": losses,
            "gradNorms": norms,
        },
    )


def trajectories() -> None:
    """Each optimizer on the same 5 numbers with the same 12 gradients."""
    optimizers = {
        "sgd": lambda p: torch.optim.SGD(p, lr=0.05),
        "sgd momentum": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9),
        "sgd momentum l2": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, weight_decay=0.1),
        "rmsprop": lambda p: torch.optim.RMSprop(p, lr=0.02, alpha=0.99, eps=1e-8),
        "rmsprop momentum l2": lambda p: torch.optim.RMSprop(p, lr=0.02, alpha=0.95, eps=1e-6, momentum=0.8, weight_decay=0.1),
        "adam": lambda p: torch.optim.Adam(p, lr=0.03),
        "adam l2": lambda p: torch.optim.Adam(p, lr=0.03, betas=(0.8, 0.99), eps=1e-6, weight_decay=0.1),
        "adamw": lambda p: torch.optim.AdamW(p, lr=0.03, weight_decay=0.1),
        "adamw betas": lambda p: torch.optim.AdamW(p, lr=0.03, betas=(0.8, 0.95), eps=1e-5, weight_decay=0.01),
    }
    generator = torch.Generator().manual_seed(5)
    start = torch.randn(5, generator=generator)
    given = torch.randn(12, 5, generator=generator)
    values = {}
    for name, make in optimizers.items():
        parameter = torch.nn.Parameter(start.clone())
        optimizer = make([parameter])
        values[name] = []
        for gradient in given:
            parameter.grad = gradient.clone()
            optimizer.step()
            values[name].append(parameter.detach().tolist())
    clipped = {}
    for max_norm in (0.5, 1.0, 100.0):
        parameter = torch.nn.Parameter(start.clone())
        parameter.grad = given[0].clone()
        norm = torch.nn.utils.clip_grad_norm_([parameter], max_norm)
        clipped[str(max_norm)] = {"norm": norm.item(), "gradients": parameter.grad.tolist()}
    write("optimizers.json", {"start": start.tolist(), "gradients": given.tolist(), "values": values, "clipped": clipped})


def write(name: str, value: dict) -> None:
    (FOLDER / name).write_text(json.dumps(value, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    gradients()
    loss_curve()
    trajectories()
