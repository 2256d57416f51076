"""The tiny Llama of ../tiny-llama as others export decoders to ONNX (the layout of optimum and transformers.js).

    python make_exported.py

Writes ../exported/KIND/ with the model's JSON files and onnx/model.onnx or onnx/decoder_model_merged.onnx: inputs input_ids,
attention_mask, position_ids, past_key_values.N.key/value (batch, heads, past, width); outputs logits, present.N.key/value.
What they compute is what ../tiny-llama.json has. `merged` chooses by use_cache_branch between two graphs, `half` keeps past and
logits in float16, `quantized` has its maps in 7 of 8 bits (DynamicQuantizeLinear and MatMulInteger, as onnxruntime's tool writes).
"""

import json
import shutil

import numpy as np
import onnx
from onnx import TensorProto as T, helper as h, numpy_helper as n
from safetensors.numpy import load_file

from make_golden import GOLDEN

SOURCE = GOLDEN / "tiny-llama"
CONFIG = json.loads((SOURCE / "config.json").read_text())
HEADS, KV, DIM = CONFIG["num_attention_heads"], CONFIG["num_key_value_heads"], CONFIG["head_dim"]
LAYERS, WIDTH, VOCABULARY = CONFIG["num_hidden_layers"], CONFIG["hidden_size"], CONFIG["vocab_size"]
THETA = CONFIG.get("rope_theta") or CONFIG["rope_parameters"]["rope_theta"]


class Builder:
    def __init__(self, kind: str) -> None:
        self.kind, self.nodes, self.initializers = kind, [], {}
        self.weights = {name: value.astype(np.float32) for name, value in load_file(SOURCE / "model.safetensors").items()}

    def constant(self, name: str, value) -> str:
        self.initializers[name] = n.from_array(np.asarray(value), name)
        return name

    def ints(self, *values: int) -> str:
        return self.constant("ints_" + "_".join(map(str, values)).replace("-", "m"), np.array(values, np.int64))

    def op(self, kind: str, *inputs: str, outputs: int = 1, out=None, **attributes):
        names = out or [f"{kind}_{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(h.make_node(kind, list(inputs), names, **attributes))
        return names[0] if len(names) == 1 else names

    def linear(self, x: str, name: str) -> str:
        matrix = np.ascontiguousarray(self.weights[name + ".weight"].T)
        if self.kind != "quantized":
            return self.op("MatMul", x, self.constant(name, matrix))
        scale = np.float32(np.abs(matrix).max() / 63)  # 7 bits (reduce_range): sums of more overflow on processors without VNNI
        weight = self.constant(name + "_quantized", np.round(matrix / scale).astype(np.int8))
        zero = self.constant("int8_zero", np.int8(0))
        values, x_scale, x_zero = self.op("DynamicQuantizeLinear", x, outputs=3)
        product = self.op("Cast", self.op("MatMulInteger", values, weight, x_zero, zero), to=T.FLOAT)
        return self.op("Mul", product, self.op("Mul", x_scale, self.constant(name + "_scale", scale)))

    def norm(self, x: str, name: str) -> str:
        square = self.op("ReduceMean", self.op("Mul", x, x), self.ints(-1), keepdims=1)
        root = self.op("Sqrt", self.op("Add", square, self.constant("epsilon", np.float32(CONFIG["rms_norm_eps"]))))
        return self.op("Mul", self.op("Div", x, root), self.constant(name, self.weights[name + ".weight"]))

    def heads(self, x: str, count: int) -> str:
        return self.op("Transpose", self.op("Reshape", x, self.ints(0, -1, count, DIM)), perm=[0, 2, 1, 3])

    def turned(self, x: str, cos: str, sin: str) -> str:
        first, second = self.op("Split", x, outputs=2, axis=-1, num_outputs=2)
        half = self.op("Concat", self.op("Neg", second), first, axis=-1)
        return self.op("Add", self.op("Mul", x, cos), self.op("Mul", half, sin))

    def cast(self, x: str, to: int, out=None) -> str:
        return self.op("Cast", x, to=to, out=out)

    def build(self):
        frequencies = (1 / THETA ** (np.arange(0, DIM, 2, dtype=np.float32) / DIM)).astype(np.float32)
        x = self.op("Gather", self.constant("embedding", self.weights["model.embed_tokens.weight"]), "input_ids")
        positions = self.op("Unsqueeze", self.cast("position_ids", T.FLOAT), self.ints(-1))
        angles = self.op("Mul", positions, self.constant("frequencies", frequencies[None, None]))
        both = self.op("Unsqueeze", self.op("Concat", angles, angles, axis=-1), self.ints(1))
        cos, sin = self.op("Cos", both), self.op("Sin", both)
        # column c of the whole text is seen by the token at past + s if c <= past + s, and if the mask says so
        total = self.op("Shape", "attention_mask", start=1, end=2)
        scalar = lambda value: self.op("Squeeze", value, self.ints(0))
        columns = self.op("Range", self.constant("zero", np.int64(0)), scalar(total), self.constant("one", np.int64(1)))
        past = self.op("Shape", "past_key_values.0.key", start=2, end=3)
        rows = self.op("Unsqueeze", self.op("Range", scalar(past), scalar(total), "one"), self.ints(-1))
        hidden = self.op("Not", self.op("And", self.op("LessOrEqual", columns, rows),
                                       self.op("Cast", self.op("Unsqueeze", "attention_mask", self.ints(1, 2)), to=T.BOOL)))
        mask = self.op("Mul", self.cast(hidden, T.FLOAT), self.constant("least", np.float32(-1e9)))
        io = T.FLOAT16 if self.kind == "half" else T.FLOAT
        for layer in range(LAYERS):
            at = f"model.layers.{layer}"
            y = self.norm(x, f"{at}.input_layernorm")
            q = self.turned(self.heads(self.linear(y, f"{at}.self_attn.q_proj"), HEADS), cos, sin)
            k = self.turned(self.heads(self.linear(y, f"{at}.self_attn.k_proj"), KV), cos, sin)
            v = self.heads(self.linear(y, f"{at}.self_attn.v_proj"), KV)
            whole = []
            for name, fresh in (("key", k), ("value", v)):
                before = self.cast(f"past_key_values.{layer}.{name}", T.FLOAT)
                joined = self.op("Concat", before, fresh, axis=2)
                self.cast(joined, io, out=[f"present.{layer}.{name}"])
                repeated = self.op("Expand", self.op("Unsqueeze", joined, self.ints(2)), self.ints(1, 1, HEADS // KV, 1, 1))
                whole.append(self.op("Reshape", repeated, self.ints(0, HEADS, -1, DIM)))
            scores = self.op("MatMul", q, self.op("Transpose", whole[0], perm=[0, 1, 3, 2]))
            scaled = self.op("Mul", scores, self.constant("scale", np.float32(DIM ** -0.5)))
            weights = self.op("Softmax", self.op("Add", scaled, mask), axis=-1)
            mixed = self.op("Transpose", self.op("MatMul", weights, whole[1]), perm=[0, 2, 1, 3])
            mixed = self.op("Reshape", mixed, self.ints(0, -1, HEADS * DIM))
            x = self.op("Add", x, self.linear(mixed, f"{at}.self_attn.o_proj"))
            y = self.norm(x, f"{at}.post_attention_layernorm")
            gate = self.linear(y, f"{at}.mlp.gate_proj")
            gated = self.op("Mul", self.op("Mul", gate, self.op("Sigmoid", gate)), self.linear(y, f"{at}.mlp.up_proj"))
            x = self.op("Add", x, self.linear(gated, f"{at}.mlp.down_proj"))
        self.cast(self.linear(self.norm(x, "model.norm"), "lm_head"), io, out=["logits"])
        pairs = [(layer, name) for layer in range(LAYERS) for name in ("key", "value")]
        info = h.make_tensor_value_info
        past_inputs = [info(f"past_key_values.{layer}.{name}", io, ["batch", KV, "past", DIM]) for layer, name in pairs]
        inputs = [info("input_ids", T.INT64, ["batch", "sequence"]), info("attention_mask", T.INT64, ["batch", "total"]),
                  info("position_ids", T.INT64, ["batch", "sequence"]), *past_inputs]
        outputs = [info("logits", io, ["batch", "sequence", VOCABULARY]),
                   *(info(f"present.{layer}.{name}", io, ["batch", KV, "total", DIM]) for layer, name in pairs)]
        return inputs, outputs


def graph_of(kind: str):
    builder = Builder(kind)
    inputs, outputs = builder.build()
    weights = list(builder.initializers.values())
    if kind != "merged":
        return h.make_graph(builder.nodes, "exported", inputs, outputs, weights)
    # both branches read the same weights; the branch without a past must not look at it
    without = Builder(kind)
    without.build()
    branch = lambda nodes, name: h.make_graph(nodes, name, [], outputs)
    choice = h.make_node("If", ["use_cache_branch"], [output.name for output in outputs],
                         then_branch=branch(builder.nodes, "with_past"), else_branch=branch(without.nodes, "without_past"))
    flag = h.make_tensor_value_info("use_cache_branch", T.BOOL, [1])
    return h.make_graph([choice], "exported", [*inputs, flag], outputs, weights)


for kind, name in (("plain", "model"), ("merged", "decoder_model_merged"), ("half", "model_q4f16"), ("quantized", "model_quantized")):
    folder = GOLDEN / "exported" / kind
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "onnx").mkdir(parents=True)
    for file in ("config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json"):
        shutil.copy(SOURCE / file, folder / file)
    model = h.make_model(graph_of(kind), opset_imports=[h.make_opsetid("", 18)], ir_version=9)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, folder / "onnx" / f"{name}.onnx")
    print(kind)
