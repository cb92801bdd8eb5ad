"""Let people ask in SPARQL: an editor, examples in plain words, answers as tables and charts."""
