"""The bundled model as transformers.js expects a decoder: ONNX with past_key_values in and present out.

    python export_onnx.py MODEL.gguf HF_FOLDER TARGET_FOLDER      (needs the package onnx as well)

The same numbers as in the GGUF, in the form that ONNX Runtime multiplies fastest: int4 blocks without zero point plus
a correction by block sums, int8 embedding and head. So transformers.js gets what Inkling's own graph gets; what
differs is who feeds it, and how the keys and values travel. HF_FOLDER is what dequantise.py wrote.
"""

import shutil
import sys
from pathlib import Path

import gguf
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

BLOCK = 32


class Graph:
    def __init__(self) -> None:
        self.nodes, self.initializers, self.count = [], [], 0

    def constant(self, name: str, value: np.ndarray) -> str:
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def op(self, kind: str, inputs: list[str], outputs: list[str] | None = None, **attributes) -> str:
        self.count += 1
        outputs = outputs or [f"v{self.count}"]
        domain = "com.microsoft" if kind in CONTRIB else ""
        self.nodes.append(helper.make_node(kind, inputs, outputs, f"n{self.count}", domain=domain, **attributes))
        return outputs[0]


CONTRIB = {"MatMulNBits", "GatherBlockQuantized", "GroupQueryAttention", "SkipSimplifiedLayerNormalization"}


class Weights:
    def __init__(self, path: Path) -> None:
        self.reader = gguf.GGUFReader(path)
        self.tensors = {tensor.name: tensor for tensor in self.reader.tensors}

    def number(self, name: str):
        return self.reader.get_field(f"llama.{name}").contents()

    def norm(self, name: str) -> np.ndarray:
        return np.asarray(self.tensors[name].data, np.float32)

    def q4_1(self, name: str, heads: int = 0):
        """Nibbles in MatMulNBits order (N, blocks, 16), scales and minima (N, blocks); rows as Hugging Face has them."""
        tensor = self.tensors[name]
        columns, rows = (int(n) for n in tensor.shape)
        raw = np.asarray(tensor.data, np.uint8).reshape(rows, columns // BLOCK, 20)
        if heads:
            raw = raw.reshape(heads, rows // heads // 2, 2, -1, 20).swapaxes(1, 2).reshape(rows, -1, 20)
        d, m = (raw[..., i : i + 2].copy().view(np.float16)[..., 0].astype(np.float32) for i in (0, 2))
        packed = raw[..., 4:]
        elements = np.concatenate([packed & 15, packed >> 4], axis=-1)  # low nibbles are elements 0–15
        return elements[..., 0::2] | (elements[..., 1::2] << 4), d, m

    def q8_0(self, name: str):
        tensor = self.tensors[name]
        columns, rows = (int(n) for n in tensor.shape)
        raw = np.asarray(tensor.data, np.uint8).reshape(rows, columns // BLOCK, 34)
        return raw[..., 2:] ^ 128, raw[..., :2].copy().view(np.float16)[..., 0].astype(np.float32)


def build(weights: Weights) -> onnx.ModelProto:
    graph = Graph()
    hidden, layers = weights.number("embedding_length"), weights.number("block_count")
    heads, kv_heads = weights.number("attention.head_count"), weights.number("attention.head_count_kv")
    head_dim, epsilon = hidden // heads, weights.number("attention.layer_norm_rms_epsilon")
    vocabulary, positions = weights.number("vocab_size"), 2048
    i64 = lambda name, values: graph.constant(name, np.array(values, np.int64))
    shape4 = i64("shape4", [1, -1, hidden // BLOCK, BLOCK])
    axis3, one = i64("axis3", [3]), i64("one", [1])

    def linear(x: str, name: str, permuted_heads: int = 0) -> str:
        nibbles, d, m = weights.q4_1(name, permuted_heads)
        rows, blocks, _ = nibbles.shape
        shape = shape4 if blocks == hidden // BLOCK else "shape4.wide"
        sums = graph.op("ReduceSum", [graph.op("Reshape", [x, shape]), axis3], keepdims=0)  # (1, S, blocks)
        correction = graph.op("MatMul", [sums, graph.constant(f"{name}.m", (m + 8 * d).T)])
        inputs = [x, graph.constant(f"{name}.q", nibbles), graph.constant(f"{name}.d", d.reshape(-1))]
        product = graph.op("MatMulNBits", inputs, K=blocks * BLOCK, N=rows, bits=4, block_size=BLOCK, accuracy_level=4)
        return graph.op("Add", [product, correction])

    i64("shape4.wide", [1, -1, weights.number("feed_forward_length") // BLOCK, BLOCK])
    # attention: lengths from the mask, as transformers.js gives it
    total = graph.op("Cast", [graph.op("ReduceSum", ["attention_mask", one], keepdims=0)], to=TensorProto.INT32)
    seqlens = graph.op("Sub", [total, graph.constant("one32", np.array([1], np.int32))])
    width = graph.op("Cast", [graph.op("Gather", [graph.op("Shape", ["attention_mask"]), i64("index1", 1)])], to=TensorProto.INT32)
    angles = np.outer(
        np.arange(positions), weights.number("rope.freq_base") ** (-np.arange(0, head_dim, 2, dtype=np.float64) / head_dim)
    )
    cos = graph.constant("cos", np.cos(angles).astype(np.float32))
    sin = graph.constant("sin", np.sin(angles).astype(np.float32))

    embedding, scales = weights.q8_0("token_embd.weight")
    table = graph.constant("embedding.q", embedding.reshape(vocabulary, -1))
    table_scales = graph.constant("embedding.d", scales)
    residual = graph.op(
        "GatherBlockQuantized", [table, "input_ids", table_scales], bits=8, block_size=BLOCK, gather_axis=0, quantize_axis=1
    )
    norm_weight = lambda name: graph.constant(name, weights.norm(name))
    x = graph.op(
        "SimplifiedLayerNormalization", [residual, norm_weight("blk.0.attn_norm.weight")], axis=-1, epsilon=epsilon, stash_type=1
    )

    def add_and_norm(update: str, name: str) -> tuple[str, str]:
        outputs = [f"{name}.normed", "", "", f"{name}.sum"]
        graph.op("SkipSimplifiedLayerNormalization", [update, residual, norm_weight(name)], outputs, epsilon=epsilon)
        return outputs[0], outputs[3]

    for layer in range(layers):
        block = f"blk.{layer}"
        q, k = linear(x, f"{block}.attn_q.weight", heads), linear(x, f"{block}.attn_k.weight", kv_heads)
        v = linear(x, f"{block}.attn_v.weight")
        past = [f"past_key_values.{layer}.key", f"past_key_values.{layer}.value"]
        attended = graph.op(
            "GroupQueryAttention",
            [q, k, v, *past, seqlens, width, cos, sin],
            [f"{block}.attended", f"present.{layer}.key", f"present.{layer}.value"],
            num_heads=heads,
            kv_num_heads=kv_heads,
            do_rotary=1,
        )
        x, residual = add_and_norm(linear(attended, f"{block}.attn_output.weight"), f"{block}.ffn_norm.weight")
        gate, up = linear(x, f"{block}.ffn_gate.weight"), linear(x, f"{block}.ffn_up.weight")
        activated = graph.op("Mul", [graph.op("Mul", [gate, graph.op("Sigmoid", [gate])]), up])
        following = f"blk.{layer + 1}.attn_norm.weight" if layer + 1 < layers else "output_norm.weight"
        x, residual = add_and_norm(linear(activated, f"{block}.ffn_down.weight"), following)
    last = graph.op("Gather", [x, i64("last", [-1])], axis=1)  # generation reads the last position only
    head = [last, graph.constant("head.q", embedding), graph.constant("head.d", scales.reshape(-1))]
    graph.op("MatMulNBits", head, ["logits"], K=hidden, N=vocabulary, bits=8, block_size=BLOCK, accuracy_level=4)
    return model_of(graph, layers, kv_heads, head_dim, vocabulary)


def model_of(graph: Graph, layers: int, kv_heads: int, head_dim: int, vocabulary: int) -> onnx.ModelProto:
    value = helper.make_tensor_value_info
    inputs = [value("input_ids", TensorProto.INT64, [1, "S"]), value("attention_mask", TensorProto.INT64, [1, "T"])]
    outputs = [value("logits", TensorProto.FLOAT, [1, 1, vocabulary])]
    for layer in range(layers):
        for kind in ("key", "value"):
            inputs.append(value(f"past_key_values.{layer}.{kind}", TensorProto.FLOAT, [1, kv_heads, "P", head_dim]))
            outputs.append(value(f"present.{layer}.{kind}", TensorProto.FLOAT, [1, kv_heads, "T", head_dim]))
    body = helper.make_graph(graph.nodes, "decoder", inputs, outputs, graph.initializers)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(body, opset_imports=opsets, ir_version=9)


def main() -> None:
    source, hf_folder, target = map(Path, sys.argv[1:4])
    (target / "onnx").mkdir(parents=True, exist_ok=True)
    for name in ("config.json", "tokenizer.json", "tokenizer_config.json"):
        shutil.copy(hf_folder / name, target / name)
    onnx.save_model(
        build(Weights(source)),
        str(target / "onnx" / "model_q4.onnx"),
        save_as_external_data=True,
        location="model_q4.onnx_data",
    )


if __name__ == "__main__":
    main()
