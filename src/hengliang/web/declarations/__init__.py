"""Forms as declared: rounds, drafts, versions, moves, comments, opinions."""
