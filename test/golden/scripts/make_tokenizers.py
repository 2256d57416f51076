"""Token ids of nasty strings for every kind of tokenizer, on tiny vocabularies that are trained here.

Writes ../tokenizers.json.gz. The ids are those of Hugging Face's tokenizers; of SentencePiece's BPE those of sentencepiece.

pip install tokenizers==0.23.3 sentencepiece==0.2.3 protobuf
"""

import base64
import gzip
import io
import json
import pathlib
import random

import sentencepiece as spm
from sentencepiece import sentencepiece_model_pb2
import tokenizers
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from strings import STRINGS

here = pathlib.Path(__file__).parent
prose = (here / "../texts/prose.txt").read_text(encoding="utf-8")

CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
LINES = r"\s*[\r\n]+|\s+(?!\S)|\s+"
GPT2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"


def llama(numbers):
    return CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?\p{L}+|" + numbers + r"| ?[^\s\p{L}\p{N}]+[\r\n]*|" + LINES


QWEN35 = CONTRACTIONS + r"|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|" + LINES
TEKKEN = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"
    r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"
    r"|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|" + LINES
)
GPT4O = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|" + LINES
)
DEEPSEEK = (
    r"[!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+"
    r"| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
# the name in tokenizer.ggml.pre: patterns of the models' own tokenizer.json
WORDS = {
    "gpt-2": [GPT2],
    "smollm": [r"\p{N}", GPT2],
    "llama-bpe": [llama(r"\p{N}{1,3}")],
    "dbrx": [llama(r"\p{N}{1,3}")],
    "qwen2": [llama(r"\p{N}")],
    "qwen35": [QWEN35],
    "minicpm5": [r"\p{N}{1,3}", llama(r"\p{N}+")],
    "tekken": [TEKKEN],
    "gpt-4o": [GPT4O],
    "deepseek-v3": [r"\p{N}{1,3}", "[一-龥\u3040-ゟ゠-ヿ]+", DEEPSEEK],
    "falcon": [r"[\p{P}\$\+<=>\^~\|`]+", GPT2, "[0-9][0-9][0-9]"],
    "bloom": [" ?[^(\\s|.,!?…。，、।۔،)]+"],
}
NFC = {"qwen2", "qwen35"}
IGNORE_MERGES = {"llama-bpe", "minicpm5", "tekken"}


def nasty_strings(count):
    """Pieces that tokenizers cut at, thrown together."""
    pieces = [
        " ", "  ", "   ", "\t", "\n", "\n\n", "\r\n", "\u00a0", "\u3000", "\u0085", "\ufeff", "\u2028", "a", "I", "the",
        "The", "don't", "WE'LL", "’s", "x1", "2024", "12345", "½", "٣", "Ⅷ", ".", ",", "...", "?!", "—", "(", ")", "\"",
        "<|im_start|>", "<|im_end|>", "</s>", "<s>", "<unk>", "<0x41>", "▁", "▁▁", "Ġ", "é", "e\u0301", "ñ", "ß", "ﬁ",
        "İ", "你好", "，", "日本", "한", "ก็", "नि", "مر", "🙂", "👩‍👩‍👧", "🇺🇸", "\u200d", "\u200b", "\u0301", "𝔘", "𐍈",
        "_", "-", "/", "\\", "{", "}", "$x^2$", "&amp;", "#", "*", "`", "iPhone", "McDonald", "HTTPServer", "\u0000",
        "<think>", "<tool>", "\u007f", "ＡＢＣ", "①", "ℌ", "™", "ﷺ", "ch", "sh", "ing", "tion",
    ]  # fmt: skip
    rng = random.Random(17)
    return ["".join(rng.choice(pieces) for _ in range(rng.randint(1, 9))) for _ in range(count)]


strings = [*dict.fromkeys([*STRINGS, *nasty_strings(500)])]
corpus = [prose, *STRINGS, *strings[::3]]
marks = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
words = ["<think>", "<tool>"]


def byte_level():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=700, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
    )
    tokenizer.train_from_iterator(corpus, trainer)
    base = json.loads(tokenizer.to_str())["model"]
    kinds = {}
    for name, patterns in WORDS.items():
        bpe = models.BPE(vocab=base["vocab"], merges=[tuple(m) for m in base["merges"]], ignore_merges=name in IGNORE_MERGES)
        tokenizer = Tokenizer(bpe)
        if name in NFC:
            tokenizer.normalizer = normalizers.NFC()
        splits = [pre_tokenizers.Split(Regex(p), "isolated") for p in patterns]
        last = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
        tokenizer.pre_tokenizer = pre_tokenizers.Sequence([*splits, last])
        tokenizer.decoder = decoders.ByteLevel()
        tokenizer.add_special_tokens(marks)
        tokenizer.add_tokens([AddedToken(w, normalized=False) for w in words])
        kinds[name] = described(tokenizer)
        del kinds[name]["json"]["model"]["vocab"], kinds[name]["json"]["model"]["merges"]  # the same for all
    return {"vocab": base["vocab"], "merges": base["merges"], "kinds": kinds}


def described(tokenizer):
    tokenizer.encode_special_tokens = True  # what a person wrote yields no special token
    ids = [tokenizer.encode(text, add_special_tokens=False).ids for text in strings]
    return {"json": json.loads(tokenizer.to_str()), "ids": ids}


def train(**options):
    file = io.BytesIO()
    spm.SentencePieceTrainer.train(
        sentence_iterator=iter([line for text in corpus for line in text.split("\n") if line.strip()]),
        model_writer=file,
        character_coverage=0.98,
        hard_vocab_limit=False,
        num_threads=1,
        minloglevel=2,
        **options,
    )
    return file.getvalue()


def sentence_piece():
    rules = here / "rules.tsv"
    rules.write_text(
        "\n".join(f"{' '.join(f'{ord(c):X}' for c in a)}\t{' '.join(f'{ord(c):X}' for c in b)}" for a, b in RULES)
    )
    identity = {"normalization_rule_name": "identity", "remove_extra_whitespaces": False}
    models_ = {
        # as Llama 2 and EuroLLM
        "bpe": train(model_type="bpe", vocab_size=900, byte_fallback=True, split_digits=True, **identity),
        # as Gemma: no blank before the text, words of several blanks, and words that are given
        "bpe-noPrefix": train(
            model_type="bpe", vocab_size=900, byte_fallback=True, add_dummy_prefix=False, split_digits=True,
            user_defined_symbols=["\n\n", "▁▁", "▁▁▁", "<tool>"], allow_whitespace_only_pieces=True, **identity,
        ),
        # as llm-jp and Sarashina
        "unigram-bytes": train(model_type="unigram", vocab_size=700, byte_fallback=True, **identity),
        # as T5: characters are replaced, blanks are made one
        "unigram": train(model_type="unigram", vocab_size=600, normalization_rule_tsv=str(rules)),
    }  # fmt: skip
    rules.unlink()
    result = {}
    for name, model in models_.items():
        processor = spm.SentencePieceProcessor(model_proto=model)
        ids = [processor.encode(text) for text in strings] if name.startswith("bpe") else unigram_ids(model)
        result[name] = {"model": base64.b64encode(model).decode(), "ids": ids}
    return result, models_


def unigram_ids(model):
    """As transformers converts them: sentencepiece adds scores in single precision, which decides ties otherwise."""
    proto = sentencepiece_model_pb2.ModelProto.FromString(model)
    spec = proto.normalizer_spec
    tokenizer = Tokenizer(
        models.Unigram([(p.piece, p.score) for p in proto.pieces], 0, byte_fallback=proto.trainer_spec.byte_fallback)
    )
    steps = [normalizers.Precompiled(spec.precompiled_charsmap)] if spec.precompiled_charsmap else []
    if spec.remove_extra_whitespaces:
        steps += [normalizers.Replace(Regex("^ +| +$"), ""), normalizers.Replace(Regex(" {2,}"), " ")]
    tokenizer.normalizer = normalizers.Sequence([*steps, normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokenizer.add_special_tokens(["<unk>", "<s>", "</s>"])
    return described(tokenizer)["ids"]


RULES = [("ﬁ", "fi"), ("①", "1"), ("ＡＢＣ", "ABC"), ("e\u0301", "é"), ("ñ", "n\u0303"), ("\u00a0", " "), ("\t", " "),
         ("\n", " "), ("\r", " "), ("\u3000", " "), ("ﷺ", "صلى الله"), ("İ", "i\u0307"), ("\u200b", "")]  # fmt: skip


def hugging_face(models_):
    """The layouts in which tokenizer.json holds SentencePiece models, as transformers has written them over the years."""
    result = {}
    for name in ("legacy", "first", "gemma"):
        source = models_["bpe-noPrefix" if name == "gemma" else "bpe"]
        processor = spm.SentencePieceProcessor(model_proto=source)
        pieces = [(processor.id_to_piece(i), processor.get_score(i)) for i in range(len(processor))]
        vocab = {piece: i for i, (piece, _) in enumerate(pieces)}
        usable = {p for i, (p, _) in enumerate(pieces) if not (processor.is_control(i) or processor.is_byte(i) or i == 0)}
        if name == "gemma":
            usable -= {"\n\n", "▁▁", "▁▁▁", "<tool>"}
        merges = [(p[:k], p[k:], s) for p, s in pieces if p in usable for k in range(1, len(p))
                  if p[:k] in usable and p[k:] in usable]  # fmt: skip
        merges.sort(key=lambda m: (m[2], len(m[0]), len(m[1])), reverse=True)
        bpe = models.BPE(vocab, [(a, b) for a, b, _ in merges], unk_token="<unk>", fuse_unk=True, byte_fallback=True)
        tokenizer = Tokenizer(bpe)
        replace = decoders.Replace("▁", " ")
        if name == "legacy":
            tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
            tokenizer.decoder = decoders.Sequence([replace, decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
        elif name == "first":
            tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="first", split=False)
            tokenizer.decoder = decoders.Sequence([replace, decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
        else:
            tokenizer.normalizer = normalizers.Replace(" ", "▁")
            tokenizer.pre_tokenizer = pre_tokenizers.Split(" ", "merged_with_previous")
            tokenizer.decoder = decoders.Sequence([replace, decoders.ByteFallback(), decoders.Fuse()])
        tokenizer.add_special_tokens(["<unk>", "<s>", "</s>"])
        if name == "gemma":
            tokenizer.add_tokens([AddedToken(w, normalized=False) for w in ("\n\n", "▁▁", "▁▁▁", "<tool>")])
        else:
            tokenizer.add_tokens([AddedToken(w, normalized=False) for w in words])
        result[name] = described(tokenizer)
    for name, split in (("unigram-always", True), ("unigram-bytes", False)):
        source = models_["unigram" if split else "unigram-bytes"]
        processor = spm.SentencePieceProcessor(model_proto=source)
        pieces = [(processor.id_to_piece(i), processor.get_score(i)) for i in range(len(processor))]
        tokenizer = Tokenizer(models.Unigram(pieces, unk_id=0, byte_fallback=not split))
        steps = [normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")] if split else []
        if steps:
            tokenizer.normalizer = normalizers.Sequence(steps)
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=split)
        tokenizer.decoder = decoders.Sequence([decoders.ByteFallback(), decoders.Metaspace()])
        tokenizer.add_special_tokens(["<unk>", "<s>", "</s>"])
        result[name] = described(tokenizer)
    return result


pieces, models_ = sentence_piece()
golden = {
    "madeWith": {"tokenizers": tokenizers.__version__, "sentencepiece": spm.__version__},
    "strings": strings,
    "byteLevel": byte_level(),
    "sentencePiece": pieces,
    "huggingFace": hugging_face(models_),
}
target = here / "../tokenizers.json.gz"
target.write_bytes(gzip.compress(json.dumps(golden, ensure_ascii=False, separators=(",", ":")).encode(), 9, mtime=0))
print(len(strings), "strings,", target.stat().st_size, "bytes")
