"""The boards: what a unit has to do and where it loses points; how far a round is, down to the cell."""
