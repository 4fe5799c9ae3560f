"""The linter of forms: one file per coded rule, its page in its docstring; findings and fixes come out."""
