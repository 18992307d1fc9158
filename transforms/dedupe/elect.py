"""Which article of a set of copies stands for all: a pure function of the articles and the pairs of copies among them.

In election order (day of publication, unknown last; longer text; id) an article is elected unless it is a copy of one
already elected. There are no chains: every copy is a copy of the elected article itself.
"""

import numpy as np

from transforms.dedupe.sketches import Floats, Ints


def elect(count: int, low: Ints, high: Ints, similarity: Floats) -> tuple[Ints, Floats]:
    """Elect among `count` texts, numbered in election order.

    Args:
        count: number of texts.
        low: the earlier text of each pair of copies.
        high: the later one.
        similarity: of the pair.

    Returns:
        For each text the elected one (itself, where elected), and the similarity to it (1 where elected). A copy of
        several elected texts goes to the most similar, the earliest of these.

    """
    chosen, alike = np.arange(count), np.ones(count)
    order = np.lexsort((low, -similarity, high))
    for a, b, s in zip(low[order].tolist(), high[order].tolist(), similarity[order].tolist(), strict=True):
        if chosen[a] == a and chosen[b] == b:  # pairs of b come together, and after those that decide a
            chosen[b], alike[b] = a, s
    return chosen, alike
