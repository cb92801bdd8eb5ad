"""Pages on which measures are checked: one measure by form or text, or a list."""
