"""Hold the SPARQL queries behind the pages."""
