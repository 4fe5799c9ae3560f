"""Files of records become immutable batches: headings matched, rows checked, nothing dropped silently."""
