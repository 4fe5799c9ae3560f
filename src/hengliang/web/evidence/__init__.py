"""Evidence (台账): records handed in by the units, checked, and kept as immutable batches."""
