"""Where an event happened, and from where to where people moved (codebook 5)."""

from transforms.events.places.context import PlaceContext, context_of
from transforms.events.places.location import Where, locate
from transforms.events.places.movement import Movement, movement

__all__ = ["Movement", "PlaceContext", "Where", "context_of", "locate", "movement"]
