"""Hold the graph: store, dataset, validation, reasoning, matching and the fit of a measure."""
