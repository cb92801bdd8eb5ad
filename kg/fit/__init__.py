"""Check how a measure fits: which aims it serves or may hinder, with evidence for each."""
