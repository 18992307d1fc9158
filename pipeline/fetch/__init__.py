"""Fetching from sites that are slow, broken, hostile or merely asked too often: bounded in all that they send."""
