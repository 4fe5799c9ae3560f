"""The web face: the same core with people in it, who declare, review, approve, measure, evaluate, publish."""
