"""Hold the commands: each parses, calls one function, prints."""
