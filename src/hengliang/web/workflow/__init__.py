"""Who may do what, and the life of a declaration: states and moves as tables, in plain Python."""
