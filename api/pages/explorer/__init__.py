"""Let a reader walk through the graph step by step; the address holds every step."""
