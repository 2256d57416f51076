"""Tiny random models of every kind of pipeline as ONNX, and what transformers computes with them.

    pip install torch optimum-onnx onnx onnxruntime sentencepiece      (an environment of its own: it wants an older transformers)
    python make_pipelines.py [CASE ...]

Writes ../pipelines/CASE/: config.json, tokenizer.json and the ONNX files of the exporter, gzipped, and golden.json with
answers. All numbers come from fixed seeds.
"""

import gzip
import json
import shutil
import sys
import tempfile
from pathlib import Path

import torch
import transformers as t
from optimum.exporters.onnx import main_export
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

FOLDER = Path(__file__).resolve().parent.parent / "pipelines"
TEXTS = ["The cat sat on the mat.", "A word of a word, and then another word!", "Rain fell on the hill all night."]
CORPUS = TEXTS + ["the quick brown fox jumps over the lazy dog", "she sells sea shells", "words and more words again"]
SPECIAL = ["<pad>", "</s>", "<unk>", "<s>", "<mask>"]


def unigram(extra=(), template=("$A", "</s>")):
    """SentencePiece as T5, Marian and NLLB have it."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Replace("  ", " ")
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    trainer = trainers.UnigramTrainer(vocab_size=90, special_tokens=SPECIAL + list(extra), unk_token="<unk>")
    tokenizer.train_from_iterator(CORPUS * 4, trainer)
    ids = {token: tokenizer.token_to_id(token) for token in template if token != "$A"}
    tokenizer.post_processor = processors.TemplateProcessing(single=" ".join(template), special_tokens=list(ids.items()))
    return tokenizer


def word_piece():
    """As BERT has it."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    tokenizer.train_from_iterator(CORPUS * 4, trainers.WordPieceTrainer(vocab_size=110, special_tokens=special))
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    return t.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]",
        mask_token="[MASK]", model_max_length=64)


def fast(tokenizer, **more):
    return t.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, unk_token="<unk>", pad_token="<pad>", eos_token="</s>", bos_token="<s>",
        mask_token="<mask>", model_max_length=64, **more)


IDS = dict(pad_token_id=0, eos_token_id=1, decoder_start_token_id=0)
BART = dict(d_model=16, encoder_layers=1, decoder_layers=1, encoder_attention_heads=2, decoder_attention_heads=2,
            encoder_ffn_dim=24, decoder_ffn_dim=24, max_position_embeddings=64, bos_token_id=3, forced_eos_token_id=None, **IDS)
BERT = dict(hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=24, max_position_embeddings=64,
            pad_token_id=0)
LANGUAGES = ["eng_Latn", "deu_Latn", "zho_Hans"]


def sequence_to_sequence(model, config, tokenizer, tokenizer_class, **asked):
    return dict(model=model, config=config, tokenizer=tokenizer, tokenizer_class=tokenizer_class,
                task="text2text-generation-with-past", asked=asked)


def encoder(model, config, task):
    return dict(model=model, config=config, tokenizer=word_piece, tokenizer_class="BertTokenizer", task=task, asked={})


CASES = {
    "t5": sequence_to_sequence(
        t.T5ForConditionalGeneration,
        t.T5Config(d_model=16, d_kv=8, d_ff=24, num_layers=1, num_decoder_layers=1, num_heads=2, n_positions=64, **IDS,
                   task_specific_params={"summarization": {"prefix": "summarize: "},
                                         "translation_en_to_de": {"prefix": "translate English to German: "}}),
        lambda: fast(unigram()), "T5Tokenizer"),
    "bart": sequence_to_sequence(
        t.BartForConditionalGeneration, t.BartConfig(**BART), lambda: fast(unigram(template=("<s>", "$A", "</s>"))),
        "BartTokenizer"),
    "pegasus": sequence_to_sequence(
        t.PegasusForConditionalGeneration, t.PegasusConfig(**BART), lambda: fast(unigram()), "PegasusTokenizer"),
    "marian": sequence_to_sequence(
        t.MarianMTModel, t.MarianConfig(**BART), lambda: fast(unigram(), source_lang="en", target_lang="de"),
        "MarianTokenizer"),
    "nllb": sequence_to_sequence(
        t.M2M100ForConditionalGeneration, t.M2M100Config(**BART, scale_embedding=False),
        lambda: fast(unigram(LANGUAGES, ("eng_Latn", "$A", "</s>")), additional_special_tokens=LANGUAGES), "NllbTokenizer",
        src_lang="eng_Latn", tgt_lang="deu_Latn"),
    "bert-mask": encoder(t.BertForMaskedLM, t.BertConfig(**BERT), "fill-mask"),
    "bert-vectors": encoder(t.BertModel, t.BertConfig(**BERT), "feature-extraction"),
    "bert-sentiment": encoder(
        t.DistilBertForSequenceClassification,
        t.DistilBertConfig(dim=16, n_layers=1, n_heads=2, hidden_dim=24, max_position_embeddings=64, pad_token_id=0,
                           id2label={0: "NEGATIVE", 1: "NEUTRAL", 2: "POSITIVE"}), "text-classification"),
    "bert-tags": encoder(
        t.BertForTokenClassification, t.BertConfig(**BERT, id2label={0: "O", 1: "NOUN", 2: "VERB"}),
        "token-classification"),
}


def golden(case, model, tokenizer, asked):
    with torch.no_grad():
        if case["task"].startswith("text2text"):
            forced = {}
            if asked:
                forced["forced_bos_token_id"] = tokenizer.convert_tokens_to_ids(asked["tgt_lang"])
            answers, from_chinese = [], []
            for text in TEXTS:
                inputs = tokenizer(text, return_tensors="pt")
                inputs.pop("token_type_ids", None)
                ids = model.generate(**inputs, max_new_tokens=12, num_beams=1, do_sample=False, **forced)
                answers.append(tokenizer.decode(ids[0], skip_special_tokens=True))
                if asked:
                    inputs["input_ids"][0, 0] = tokenizer.convert_tokens_to_ids("zho_Hans")
                    ids = model.generate(**inputs, max_new_tokens=12, num_beams=1, do_sample=False, **forced)
                    from_chinese.append(tokenizer.decode(ids[0], skip_special_tokens=True))
            return {"texts": TEXTS, "answers": answers, **({"fromChinese": from_chinese} if asked else {})}
        if case["task"] == "fill-mask":
            before, after = "The cat sat on the ", "."
            inputs = tokenizer(before + "[MASK]" + after, return_tensors="pt")
            at = inputs["input_ids"][0].tolist().index(tokenizer.mask_token_id)
            probabilities = model(**inputs).logits[0, at].softmax(-1)
            names = {id: token for token, id in tokenizer.get_vocab().items()}
            return {"before": before, "after": after,
                    "probabilities": {names[i]: p for i, p in enumerate(probabilities.tolist())}}
        answers = []
        for text in TEXTS:
            inputs = tokenizer(text, return_tensors="pt")
            if model.config.model_type == "distilbert":
                inputs.pop("token_type_ids", None)
            output = model(**inputs)
            if case["task"] == "feature-extraction":
                mean = output.last_hidden_state[0].mean(0)
                answers.append((mean / mean.norm()).tolist())
            elif case["task"] == "text-classification":
                answers.append(output.logits[0].softmax(-1).tolist())
            else:
                words, probabilities = inputs.word_ids(0), output.logits[0].softmax(-1)
                whole, offsets = [], inputs.encodings[0].offsets
                spaces = [text[:start].count(" ") for start, _ in offsets]
                seen = set()
                for token, word in enumerate(words):
                    if word is None or spaces[token] in seen:
                        continue
                    seen.add(spaces[token])
                    best = int(probabilities[token].argmax())
                    whole.append({"label": model.config.id2label[best], "probability": float(probabilities[token, best])})
                answers.append(whole)
        return {"texts": TEXTS, "answers": answers}


def write(name):
    case, target = CASES[name], FOLDER / name
    torch.manual_seed(7)
    tokenizer = case["tokenizer"]()
    config = case["config"]
    config.vocab_size = len(tokenizer)
    model = case["model"](config).eval()
    for part, parameter in model.named_parameters():
        if parameter.dim() > 1:  # what is read matters more than what has been written
            parameter.data.normal_(0, 2.0 if "encoder_attn" in part or "EncDecAttention" in part else 0.5)
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as temporary:
        source, exported = Path(temporary) / "source", Path(temporary) / "exported"
        model.save_pretrained(source)
        tokenizer.save_pretrained(source)
        model = case["model"].from_pretrained(source).eval()  # positions that are computed are not saved
        main_export(str(source), exported, task=case["task"], do_validation=False)
        for file in exported.iterdir():
            if file.name in ("decoder_model.onnx", "decoder_with_past_model.onnx"):
                continue
            if file.suffix == ".onnx":
                (target / f"{file.name}.gz").write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))
            elif file.name in ("config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json"):
                shutil.copy(file, target / file.name)
    said = json.loads((target / "tokenizer_config.json").read_text())
    said["tokenizer_class"] = case["tokenizer_class"]
    (target / "tokenizer_config.json").write_text(json.dumps(said, indent=1))
    result = golden(case, model, tokenizer, case["asked"])
    result["madeWith"] = {"transformers": t.__version__, "torch": torch.__version__}
    (target / "golden.json").write_text(json.dumps(result, indent=1))


for name in sys.argv[1:] or CASES:
    write(name)
    print(name)
