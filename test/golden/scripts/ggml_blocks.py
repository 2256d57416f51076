"""Random blocks of every ggml type that Inkling reads, with the values that the gguf package gives them.

python test/golden/scripts/ggml_blocks.py > test/golden/ggml-blocks.json   (needs: gguf, numpy)
"""
import base64, json
import numpy as np
from gguf import GGMLQuantizationType as T
from gguf.quants import dequantize, quant_shape_to_byte_shape

ROWS, COLUMNS = 2, 256
# byte offsets of the float16 scales and minima within a block: random bytes there would be NaN or huge
FLOAT16 = {T.Q4_0: (18, [0]), T.Q4_1: (20, [0, 2]), T.Q5_0: (22, [0]), T.Q5_1: (24, [0, 2]), T.Q8_0: (34, [0]),
           T.Q4_K: (144, [0, 2]), T.Q6_K: (210, [208]), T.Q2_K: (84, [80, 82]), T.Q3_K: (110, [108]), T.Q5_K: (176, [0, 2]),
           T.IQ4_NL: (18, [0]), T.IQ4_XS: (136, [0])}
random = np.random.default_rng(7)
encode = lambda array: base64.b64encode(array.tobytes()).decode()
cases = []
for kind, (block_bytes, offsets) in FLOAT16.items():
    data = random.integers(0, 256, quant_shape_to_byte_shape((ROWS, COLUMNS), kind), dtype=np.uint8)
    blocks = data.reshape(-1, block_bytes)
    for offset in offsets:
        values = random.normal(0, 0.05, len(blocks)).astype(np.float16)
        blocks[:, offset:offset + 2] = values.view(np.uint8).reshape(-1, 2)
    expected = dequantize(data, kind).astype(np.float32)
    cases.append({"name": kind.name, "type": int(kind), "rows": ROWS, "columns": COLUMNS,
                  "bytes": encode(data), "values": encode(expected)})
print(json.dumps(cases))
