"""Trains the adapter that run.json describes, with PyTorch and PEFT under accelerate.

    accelerate launch --config_file accelerate.yaml train.py [--max-steps N]

Reads dataset/*.jsonl and base/, writes adapter/ in PEFT's layout, with the provenance and the log that Inkling reads.
What differs from Inkling's own run: each document is cut into windows of its own, padded, instead of several short ones
sharing a sequence; and the order of the windows, which comes from another random source.
"""

import argparse
import json
import math
import platform
import time
from datetime import datetime, timezone
from functools import partial
from pathlib import Path

import peft
import torch
import torch.nn.functional as F
from accelerate import Accelerator
from accelerate.utils import set_seed
from torch.utils.data import DataLoader
from transformers import AutoModelForCausalLM

HERE = Path(__file__).resolve().parent
IGNORED = -100  # a target that is not learnt


def windows(split: str, length: int, beginning: int | None) -> list[list[int]]:
    """
    Pieces of length + 1 tokens: every token but a document's first is predicted once. What the model wants before all
    that it reads stands in the place of the first token of a piece that was cut off.
    """
    pieces = []
    with open(HERE / "dataset" / f"{split}.jsonl", encoding="utf-8") as lines:
        for line in lines:
            tokens = json.loads(line)["tokens"]
            for start in range(0, len(tokens) - 1, length):
                piece = tokens[start : start + length + 1]
                if start > 0 and beginning is not None:
                    piece[0] = beginning
                pieces.append(piece)
    return pieces


def collate(pieces: list[list[int]], padding: int) -> dict[str, torch.Tensor]:
    """input_ids, attention_mask and targets, each (batch, longest)."""
    longest = max(len(piece) for piece in pieces) - 1

    def padded(rows: list[list[int]], filler: int) -> torch.Tensor:
        return torch.tensor([row + [filler] * (longest - len(row)) for row in rows])

    return {
        "input_ids": padded([piece[:-1] for piece in pieces], padding),
        "attention_mask": padded([[1] * (len(piece) - 1) for piece in pieces], 0),
        "targets": padded([piece[1:] for piece in pieces], IGNORED),
    }


def loss_sum(model, batch, smoothing: float = 0.0) -> torch.Tensor:
    logits = model(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]).logits.float()
    settings = {"ignore_index": IGNORED, "reduction": "sum", "label_smoothing": smoothing}
    return F.cross_entropy(logits.flatten(0, 1), batch["targets"].flatten(), **settings)


def optimizer_of(parameters, options: dict) -> torch.optim.Optimizer:
    rate, decay = options["learningRate"], options["weightDecay"]
    betas, epsilon, momentum = (options["beta1"], options["beta2"]), options["epsilon"], options["momentum"]
    if options["optimizer"] == "adamw":
        return torch.optim.AdamW(parameters, rate, betas, epsilon, decay)
    if options["optimizer"] == "adam":
        return torch.optim.Adam(parameters, rate, betas, epsilon, decay)
    if options["optimizer"] == "rmsprop":
        return torch.optim.RMSprop(parameters, rate, betas[1], epsilon, decay, momentum)
    return torch.optim.SGD(parameters, rate, momentum, weight_decay=decay)


def rate_factor(step: int, total: int, options: dict) -> float:
    """Share of the highest learning rate; `step` counts from 0."""
    warmup = options["warmupSteps"]
    if step < warmup:
        return (step + 1) / warmup
    progress = min(1.0, (step - warmup) / max(1, total - warmup))
    schedules = {"constant": 1.0, "linear": 1 - progress, "cosine": (1 + math.cos(math.pi * progress)) / 2}
    return schedules[options["lrSchedule"]]


def with_adapter(run: dict):
    options = run["options"]
    base = AutoModelForCausalLM.from_pretrained(HERE / "base", dtype=torch.float32)
    is_partial = len(run["layers"]) < base.config.num_hidden_layers
    return peft.get_peft_model(
        base,
        peft.LoraConfig(
            task_type="CAUSAL_LM",
            r=options["loraRank"],
            lora_alpha=options["loraAlpha"],
            lora_dropout=options["loraDropout"],
            target_modules=run["targetModules"],
            layers_to_transform=run["layers"] if is_partial else None,
            layers_pattern="layers" if is_partial else None,
        ),
    )


class Run:
    def __init__(self, run: dict, max_steps: int):
        self.run, self.options = run, run["options"]
        options = self.options
        # gradients are accumulated by hand: the mean over a step's tokens is no mean over its batches
        self.accelerator = Accelerator()
        set_seed(options["seed"])
        length, padding, beginning = options["sequenceLength"], run["paddingId"], run.get("beginningId")
        to_batch = partial(collate, padding=padding)
        loader = DataLoader(
            windows("train", length, beginning), options["batchSize"], shuffle=True, collate_fn=to_batch
        )
        evaluated = windows("validation", length, beginning)
        wanted = max(1, math.ceil(options["evaluationTokens"] / length))
        evaluated = evaluated[:: max(1, len(evaluated) // wanted)][:wanted]
        evaluation = DataLoader(evaluated, options["batchSize"], collate_fn=to_batch)
        model = with_adapter(run)
        optimizer = optimizer_of([p for p in model.parameters() if p.requires_grad], options)
        prepared = self.accelerator.prepare(model, optimizer, loader, evaluation)
        self.model, self.optimizer, self.loader, self.evaluation = prepared
        self.steps_per_epoch = max(1, len(self.loader) // options["gradientAccumulationSteps"])
        bounds = [max(1, round(options["epochs"] * self.steps_per_epoch)), options["maxSteps"], max_steps]
        self.total = min(bound for bound in bounds if bound > 0)
        self.step, self.best, self.before, self.bad = 0, None, None, 0
        self.target = HERE / "adapter"
        if self.accelerator.is_main_process:
            self.target.mkdir(exist_ok=True)
            (self.target / "inkling-log.jsonl").write_text("")
        self.log(event="run", **self.identity(), versions=versions())

    def identity(self) -> dict:
        return {key: self.run[key] for key in ("name", "base", "dataDigest", "options")}

    def log(self, **line) -> None:
        if not self.accelerator.is_main_process:
            return
        with open(self.target / "inkling-log.jsonl", "a", encoding="utf-8") as log:
            log.write(json.dumps({"time": round(time.time() * 1000), **line}) + "\n")
        print(line, flush=True)

    def batches(self):
        while True:
            yield from self.loader

    def train(self) -> None:
        self.before = self.evaluate()
        batches, started = self.batches(), time.time()
        while self.step < self.total:
            self.take_step(batches)
            if self.step % self.options["evaluationSteps"] == 0 or self.step == self.total:
                self.keep_if_best(self.evaluate())
            patience, minutes = self.options["earlyStoppingPatience"], self.options["maxMinutes"]
            if (patience and self.bad >= patience) or (minutes and time.time() - started >= 60 * minutes):
                break
        if self.best is None:
            self.save(None)
        self.log(event="done", step=self.step, seconds=time.time() - started, validationLoss=self.best)

    def take_step(self, batches) -> None:
        options, started = self.options, time.time()
        chosen = [next(batches) for _ in range(options["gradientAccumulationSteps"])]
        targets = sum((batch["targets"] != IGNORED).sum() for batch in chosen)
        everywhere = self.accelerator.reduce(targets, "sum")
        total = torch.zeros((), device=targets.device)
        for batch in chosen:
            # accelerate takes the mean over its processes: multiplied back, it is the mean over all tokens
            loss = loss_sum(self.model, batch, options["labelSmoothing"]) * self.accelerator.num_processes / everywhere
            self.accelerator.backward(loss + self.penalty() / len(chosen))
            total += loss.detach()
        norm = None
        if options["maxGradNorm"] > 0:
            norm = self.accelerator.clip_grad_norm_(self.model.parameters(), options["maxGradNorm"]).item()
        rate = options["learningRate"] * rate_factor(self.step, self.total, options)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.step += 1
        seconds, epoch = time.time() - started, self.step / self.steps_per_epoch
        figures = {"loss": self.accelerator.reduce(total, "mean").item(), "learningRate": rate, "gradNorm": norm}
        self.log(event="step", step=self.step, epoch=epoch, **figures, tokensPerSecond=everywhere.item() / seconds)

    def penalty(self) -> torch.Tensor | float:
        l1, l2 = self.options["l1"], self.options["l2"]
        if l1 == 0 and l2 == 0:
            return 0.0
        trained = [p for p in self.model.parameters() if p.requires_grad]
        return sum(l1 * p.abs().sum() + l2 / 2 * p.square().sum() for p in trained)

    @torch.no_grad()
    def evaluate(self) -> float | None:
        if len(self.evaluation) == 0:
            return None
        self.model.eval()
        sums = torch.zeros(2, device=self.accelerator.device)
        for batch in self.evaluation:
            sums += torch.stack([loss_sum(self.model, batch), (batch["targets"] != IGNORED).sum()])
        self.model.train()
        total, count = self.accelerator.reduce(sums, "sum").tolist()
        loss = total / count
        self.log(event="evaluation", step=self.step, validationLoss=loss, validationPerplexity=math.exp(loss))
        return loss

    def keep_if_best(self, loss: float | None) -> None:
        if loss is None:
            return
        self.bad = self.bad + 1 if self.best is not None and loss >= self.best else 0
        if self.bad == 0:
            self.best = loss
            self.save(loss)

    def save(self, loss: float | None) -> None:
        self.accelerator.wait_for_everyone()
        if not self.accelerator.is_main_process:
            return
        self.accelerator.unwrap_model(self.model).save_pretrained(self.target, save_embedding_layers=False)
        provenance = {
            **self.identity(),
            "createdAt": datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "steps": self.step,
            **({} if self.before is None else {"validationLossBefore": self.before}),
            **({} if loss is None else {"validationLoss": loss}),
            "versions": versions(),
        }
        (self.target / "inkling-adapter.json").write_text(json.dumps(provenance, indent=2) + "\n")


def versions() -> dict[str, str]:
    return {"python": platform.python_version(), "torch": torch.__version__, "peft": peft.__version__}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Trains the adapter that run.json describes.")
    parser.add_argument("--max-steps", type=int, default=0, help="0 = as run.json says")
    arguments = parser.parse_args()
    Run(json.loads((HERE / "run.json").read_text()), arguments.max_steps).train()
