"""The same training as trainingOnce.mjs by PyTorch and PEFT: one JSON argument, one JSON line out.

    python training.py '{"modelFolder": …, "adapterFolder": …, "batchesFile": …, "threads": 2, "autocast": false, "options": {…}}'
"""

import json
import re
import resource
import sys
import time
from pathlib import Path

import torch
from peft import PeftModel
from torch.nn.functional import cross_entropy
from transformers import AutoModelForCausalLM


def memory_mb(field: str) -> float:
    status = Path("/proc/self/status").read_text()
    return int(re.search(rf"{field}:\s+(\d+) kB", status).group(1)) * 1024 / 1e6


def cpu_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    asked = json.loads(sys.argv[1])
    options = asked["options"]
    torch.set_num_threads(asked["threads"])
    model = AutoModelForCausalLM.from_pretrained(asked["modelFolder"], dtype=torch.float32)
    model = PeftModel.from_pretrained(model, asked["adapterFolder"], is_trainable=True)
    model.train()
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=options["learningRate"], weight_decay=options["weightDecay"])

    seconds, cpu, losses = [], [], []
    for ids in json.loads(Path(asked["batchesFile"]).read_text()):
        batch = torch.tensor([ids])
        started, cpu_before = time.perf_counter(), cpu_seconds()
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=asked["autocast"]):
            logits = model(input_ids=batch[:, :-1]).logits
        loss = cross_entropy(logits[0].float(), batch[0, 1:])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, options["maxGradNorm"])
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        losses.append(loss.item())
        seconds.append(time.perf_counter() - started)
        cpu.append(cpu_seconds() - cpu_before)
    figures = {
        "seconds": seconds,
        "cpuSeconds": cpu,
        "losses": losses,
        "peakMb": memory_mb("VmHWM"),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
