"""Open every door: command line, HTTP service, SPARQL protocol and pages."""
