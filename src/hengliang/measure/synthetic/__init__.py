"""Synthetic records (合成数据): a plausible year of every ledger, with planted faults, from a seed."""
