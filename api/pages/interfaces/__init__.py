"""Show the interfaces of a city's documents in several views, each of them as a file too."""
