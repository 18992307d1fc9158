"""Who acts and who is acted on: the actors that a sentence names (codebook 3)."""

from transforms.events.actors.cast import Cast, read_cast
from transforms.events.actors.mentions import actors_of, find_mentions

__all__ = ["Cast", "actors_of", "find_mentions", "read_cast"]
