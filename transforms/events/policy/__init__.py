"""Which policy an event is about, and which way it moves: DEMIG's fields (codebook 6)."""

from transforms.events.policy.coding import Policy, policy_of

__all__ = ["Policy", "policy_of"]
