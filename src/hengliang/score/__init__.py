"""Joins a form, the reading of its scoring sentences and actual values into a score sheet: points, steps,
totals, grade."""
