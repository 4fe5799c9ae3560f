"""Files become documents: one module per container format, opened by `open.open_document`."""
