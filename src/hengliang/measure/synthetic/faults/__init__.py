"""Planted faults: each changes records in one way that a check must find, and tells what it must find."""
