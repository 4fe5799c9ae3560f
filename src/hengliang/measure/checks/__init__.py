"""Checks over several rows of a ledger: duplicates, repeated photos, impossible travel, overlaps."""
