"""A small neural network that says which events a sentence tells, by which words, and who acts."""

from transforms.events.tagger.tagger import Network, Tags, event_types, load, network, tag

__all__ = ["Network", "Tags", "event_types", "load", "network", "tag"]
