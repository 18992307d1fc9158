"""Write a trained network as `transforms/events/tagger/model.onnx`: weights in seven bits, a scale for each column.

What goes through a layer is read in eight bits. Seven bits for the weights keep the sums of products exact on every
processor: eight would overflow where there are no instructions made for it.
"""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from encoder import HEADS, SIDE, WIDTH
from onnx import TensorProto, helper, numpy_helper


class Graph:
    """The nodes and constants of a graph as they are added."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self.read: set[str] = set()
        """What is there in bytes as well."""

    def constant(self, name: str, value: np.ndarray) -> str:
        """A constant as it is."""
        self.constants.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def small(self, name: str, value: np.ndarray, axis: int, steps: int) -> tuple[str, str]:
        """A matrix as whole numbers from -steps to steps, and their scales along an axis."""
        scale = np.abs(value).max(axis=1 - axis, keepdims=True).astype(np.float32) / steps + 1e-12
        whole = np.round(value / scale).astype(np.int8)
        return self.constant(f"{name}.small", whole), self.constant(f"{name}.scale", scale.ravel())

    def op(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        """A node with one output."""
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def linear(self, name: str, x: str, weights: tuple[np.ndarray, np.ndarray]) -> str:
        """A linear layer."""
        small, scale = self.small(f"{name}.weight", weights[0], 1, 63)
        bytes_of = [f"{x} in bytes", f"{x} scale", f"{x} zero"]
        if x not in self.read:
            self.nodes.append(helper.make_node("DynamicQuantizeLinear", [x], bytes_of))
            self.read.add(x)
        whole = self.op("MatMulInteger", [bytes_of[0], small, bytes_of[2]], f"{name}.whole")
        floats = self.op("Cast", [whole], f"{name}.floats", to=TensorProto.FLOAT)
        product = self.op("Mul", [floats, self.op("Mul", [bytes_of[1], scale], f"{name}.step")], f"{name}.product")
        return self.op("Add", [product, self.constant(f"{name}.bias", weights[1])], name)

    def norm(self, name: str, x: str, weights: tuple[np.ndarray, np.ndarray]) -> str:
        """Layer normalisation."""
        inputs = [x, self.constant(f"{name}.scale", weights[0]), self.constant(f"{name}.shift", weights[1])]
        return self.op("LayerNormalization", inputs, name, axis=-1, epsilon=1e-12)


def encoder(g: Graph, weights: dict[str, Any]) -> str:
    """The transformer."""
    g.constant("apart", np.array([0, 0, HEADS, WIDTH // HEADS]))
    g.constant("together", np.array([0, 0, WIDTH]))
    g.constant("narrow", np.array(1 / np.sqrt(WIDTH // HEADS), np.float32))
    small, scale = g.small("word", weights["word"], 0, 127)
    words = g.op("Gather", [g.op("DequantizeLinear", [small, scale], "word", axis=0), "pieces"], "words as read")
    at = g.op("Gather", [g.constant("place", weights["pos"]), "places"], "places as read")
    x = g.norm("read", g.op("Add", [words, at], "read at places"), weights["eln"])
    for number, layer in enumerate(weights["layers"]):
        n = f"layer {number} "

        def heads(name: str, x: str, w: tuple[np.ndarray, np.ndarray], order: list[int], n: str = n) -> str:
            split = g.op("Reshape", [g.linear(n + name, x, w), "apart"], f"{n}{name} apart")
            return g.op("Transpose", [split], f"{n}{name} turned", perm=order)

        query, key = heads("query", x, layer["q"], [0, 2, 1, 3]), heads("key", x, layer["k"], [0, 2, 3, 1])
        value = heads("value", x, layer["v"], [0, 2, 1, 3])
        likeness = g.op("Mul", [g.op("MatMul", [query, key], n + "product"), "narrow"], n + "likeness")
        seen = g.op("MatMul", [g.op("Softmax", [likeness], n + "attention", axis=-1), value], n + "seen apart")
        seen = g.op(
            "Reshape", [g.op("Transpose", [seen], n + "seen turned", perm=[0, 2, 1, 3]), "together"], n + "seen"
        )
        x = g.norm(n + "attended", g.op("Add", [x, g.linear(n + "out", seen, layer["o"])], n + "sum"), layer["ln1"])
        inner = g.op("Gelu", [g.linear(n + "inner", x, layer["i"])], n + "active", approximate="tanh")
        x = g.norm(n + "done", g.op("Add", [x, g.linear(n + "outer", inner, layer["f"])], n + "sum 2"), layer["ln2"])
    return x


def export(params: dict[str, Any], target: Path) -> None:
    """Write a network (as `train.py` makes it, in numpy) to a file."""
    g, head = Graph(), params["head"]
    hidden = encoder(g, params["enc"])
    g.constant("first", np.array(0))
    start = g.op("Gather", [hidden, "first"], "start", axis=1)
    mean = g.op("ReduceMean", [hidden, g.constant("over pieces", np.array([1]))], "mean", keepdims=0)
    whole = g.op("Concat", [start, mean], "whole", axis=-1)
    g.op("Sigmoid", [g.linear("types of sentence", whole, head["s"])], "types")
    g.op("Sigmoid", [g.linear("types of words", hidden, head["t"])], "words")
    g.constant("sides apart", np.array([0, 0, 2, SIDE]))
    sides = []
    for name, order in (("a", [0, 2, 1, 3]), ("b", [0, 2, 3, 1])):
        split = g.op(
            "Reshape", [g.linear(f"side {name}", hidden, head[f"r{name}"]), "sides apart"], f"side {name} apart"
        )
        sides.append(g.op("Transpose", [split], f"side {name} turned", perm=order))
    product = g.op(
        "Mul", [g.op("MatMul", sides, "side product"), g.constant("eighth", np.array(1 / 8, np.float32))], "side"
    )
    shift = g.constant("side shift", head["r0"].reshape(1, 2, 1, 1))
    g.op("Sigmoid", [g.op("Add", [product, shift], "side shifted")], "sides")
    graph = helper.make_graph(
        g.nodes,
        "tagger",
        [
            helper.make_tensor_value_info("pieces", TensorProto.INT64, ["sentences", "pieces"]),
            helper.make_tensor_value_info("places", TensorProto.INT64, ["pieces"]),
        ],
        [
            helper.make_tensor_value_info("types", TensorProto.FLOAT, ["sentences", "types"]),
            helper.make_tensor_value_info("words", TensorProto.FLOAT, ["sentences", "pieces", "types"]),
            helper.make_tensor_value_info("sides", TensorProto.FLOAT, ["sentences", 2, "pieces", "pieces"]),
        ],
        g.constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    onnx.checker.check_model(model)
    target.write_bytes(model.SerializeToString(deterministic=True))
