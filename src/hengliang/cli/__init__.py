"""The road from the terminal: one module per command; arguments in, exit code out."""
