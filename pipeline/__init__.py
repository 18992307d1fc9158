"""How it runs: sources, graph, snapshots and state, command line."""
