"""Reference results of the bundled model's dequantised weights in float32, from PyTorch and transformers.

    python make_golden.py FOLDER      (FOLDER: what dequantise.py wrote)

Writes tokens.json, logits.json and greedy.json beside the scripts' folder. See ../README.md for their fields.
"""

import json
import platform
import sys
from pathlib import Path

import tokenizers
import torch
import transformers
from transformers import AutoModelForCausalLM, AutoTokenizer

from strings import STRINGS

GOLDEN = Path(__file__).resolve().parent.parent
LENGTH = 1000  # tokens of the text that are run at once
POSITIONS = [*range(0, 8), 15, 31, 32, 63, 64, 65, 127, 128, 255, 256, 383, 511, 512, 640, 767, 895, 998, 999]
TOP = 32
COLUMNS = [(index * 769 + 17) % 49152 for index in range(64)]  # 769 is prime to the vocabulary: an even spread
NEW_TOKENS = 32
# A greedy choice may only be demanded where the runner-up is clearly behind: well above float32's noise of about 1e-4.
MIN_MARGIN = 5e-3

CONTINUATIONS = [
    "The history of the lighthouse begins in",
    "Once upon a time, in a village at the foot of the mountains,",
    "# Getting started\n\nTo install the package, run",
    "The main advantage of writing things down is that",
    "Dear Ms. Hansen,\n\nThank you for your letter of",
    "In this paper, we show that the",
    "- Bread\n- Milk\n- ",
    "Water boils at 100 degrees, and it freezes at",
    "She opened the door and saw",
    "\\section{Introduction}\nThe purpose of this document is",
]
CHATS = [
    [{"role": "user", "content": "What is the capital of France?"}],
    [{"role": "user", "content": "Summarise in one sentence: The ferry leaves twice a day in winter."}],
    [
        {"role": "system", "content": "You answer in one short sentence."},
        {"role": "user", "content": "Why do ships have names?"},
    ],
    [
        {"role": "user", "content": "Name a colour."},
        {"role": "assistant", "content": "Blue."},
        {"role": "user", "content": "Name another one."},
    ],
    [{"role": "user", "content": "Give me three tips for writing clearly."}],
    [{"role": "user", "content": "Rewrite politely: Send me the file."}],
    [{"role": "user", "content": "Ignore <|im_end|> and continue:\n  two spaces in front"}],
]


def rounded(values, digits: int) -> list[float]:
    return [round(float(value), digits) for value in values]


def write(name: str, data: dict) -> None:
    about = {
        "torch": torch.__version__.split("+")[0],
        "transformers": transformers.__version__,
        "tokenizers": tokenizers.__version__,
        "python": platform.python_version(),
    }
    text = json.dumps({"madeWith": about, **data}, ensure_ascii=True, separators=(",", ":"))
    (GOLDEN / name).write_text(text.replace('},{"', '},\n{"') + "\n")


def plain_tokenizer(folder: Path) -> tokenizers.Tokenizer:
    """The tokenizer for text that people wrote: a control token spelt out in it is just characters."""
    data = json.loads((folder / "tokenizer.json").read_text())
    data["added_tokens"] = []
    return tokenizers.Tokenizer.from_str(json.dumps(data))


def make_tokens(plain: tokenizers.Tokenizer) -> None:
    cases = []
    for text in STRINGS:
        ids = plain.encode(text, add_special_tokens=False).ids
        assert plain.decode(ids, skip_special_tokens=False) == text, text
        cases.append({"text": text, "ids": ids})
    write("tokens.json", {"cases": cases})


@torch.no_grad()
def make_logits(model, plain: tokenizers.Tokenizer) -> None:
    text = (GOLDEN / "texts" / "prose.txt").read_text()
    ids = plain.encode(text, add_special_tokens=False).ids[:LENGTH]
    assert len(ids) == LENGTH, f"the text has only {len(ids)} tokens"
    logits = model(torch.tensor([ids])).logits[0]  # (LENGTH, vocabulary)
    logprobs = torch.log_softmax(logits.double(), dim=-1)
    scored = logprobs[:-1].gather(1, torch.tensor(ids[1:])[:, None])[:, 0]
    positions = []
    for position in POSITIONS:
        top = torch.topk(logits[position], TOP)
        positions.append(
            {
                "position": position,
                "topIds": top.indices.tolist(),
                "topLogits": rounded(top.values, 5),
                "columnLogits": rounded(logits[position][COLUMNS], 5),
                "logSumExp": round(float(torch.logsumexp(logits[position].double(), dim=-1)), 6),
            }
        )
    write(
        "logits.json",
        {
            "text": "texts/prose.txt",
            "ids": ids,
            "logprob": round(float(scored.sum()), 6),
            "logprobs": [None, *rounded(scored, 6)],
            "argmax": logits.argmax(dim=-1).tolist(),
            "columns": COLUMNS,
            "positions": positions,
        },
    )


@torch.no_grad()
def greedy(model, prompt: list[int], end: int | None) -> dict:
    """Token by token with the cache, as a decoder runs. `end`: the token at which the text ends, not part of it."""
    ids, new, logprobs, margins, past = list(prompt), [], [], [], None
    while len(new) < NEW_TOKENS:
        result = model(torch.tensor([ids if past is None else ids[-1:]]), past_key_values=past, use_cache=True)
        past, logits = result.past_key_values, result.logits[0, -1]
        best = torch.topk(logits, 2)
        chosen = int(best.indices[0])
        margins.append(float(best.values[0] - best.values[1]))
        if chosen == end:
            break
        ids.append(chosen)
        new.append(chosen)
        logprobs.append(float(torch.log_softmax(logits.double(), dim=-1)[chosen]))
    if min(margins) < MIN_MARGIN:
        raise SystemExit(f"too close a call ({min(margins):.5f}) after {prompt[:12]}…: choose another prompt")
    return {"ids": new, "logprobs": rounded(logprobs, 6), "minMargin": round(min(margins), 5)}


def make_greedy(model, plain: tokenizers.Tokenizer, tokenizer) -> None:
    end = model.config.eos_token_id
    continuations = []
    for prompt in CONTINUATIONS:
        prompt_ids = plain.encode(prompt, add_special_tokens=False).ids
        result = greedy(model, prompt_ids, end)
        assert len(result["ids"]) == NEW_TOKENS, f"the text ended early: {prompt!r}"
        continuations.append(
            {"prompt": prompt, "promptIds": prompt_ids, **result, "text": plain.decode(result["ids"], False)}
        )
    chats = []
    for messages in CHATS:
        prompt = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
        prompt_ids = encode_chat(plain, tokenizer, messages)
        result = greedy(model, prompt_ids, end)
        chats.append(
            {
                "messages": messages,
                "prompt": prompt,
                "promptIds": prompt_ids,
                **result,
                "text": plain.decode(result["ids"], False),
            }
        )
    write("greedy.json", {"newTokens": NEW_TOKENS, "continuations": continuations, "chats": chats})


def encode_chat(plain: tokenizers.Tokenizer, tokenizer, messages: list[dict]) -> list[int]:
    """
    The template's own control tokens become control tokens, the people's words never do: each content is replaced by a
    private-use character before the template runs, and put back as plain text afterwards.
    """
    marks = [{**message, "content": chr(0xE000 + index)} for index, message in enumerate(messages)]
    layout = tokenizer.apply_chat_template(marks, tokenize=False, add_generation_prompt=True)
    ids, piece = [], ""
    specials = {str(token): tokenizer.convert_tokens_to_ids(str(token)) for token in tokenizer.all_special_tokens}
    position = 0
    while position < len(layout):
        special = next((text for text in specials if layout.startswith(text, position)), None)
        if special:
            ids += plain.encode(piece, add_special_tokens=False).ids + [specials[special]]
            piece, position = "", position + len(special)
            continue
        character = layout[position]
        index = ord(character) - 0xE000
        piece += messages[index]["content"] if 0 <= index < len(messages) else character
        position += 1
    return ids + plain.encode(piece, add_special_tokens=False).ids


def main() -> None:
    folder = Path(sys.argv[1])
    torch.manual_seed(0)
    torch.set_num_threads(2)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    tokenizer = AutoTokenizer.from_pretrained(folder)
    plain = plain_tokenizer(folder)
    make_tokens(plain)
    make_logits(model, plain)
    make_greedy(model, plain, tokenizer)


if __name__ == "__main__":
    main()
