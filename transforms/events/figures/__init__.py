"""The numbers that belong to an event (codebook 7)."""

from transforms.events.figures.belonging import figures_of

__all__ = ["figures_of"]
