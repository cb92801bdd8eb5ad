"""Show what the graph says about one thing, in words and with its sources."""
