"""Evidence records (台账) become actual values: ledgers that check records, metrics, measurements anybody can
recompute."""
