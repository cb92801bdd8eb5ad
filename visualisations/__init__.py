"""Draw pictures of the graph, each with an equal table."""
