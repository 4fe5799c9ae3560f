"""Formats of codes: what is wrong with a code, as far as it can be told from the code alone."""
