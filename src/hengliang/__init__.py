"""Hengliang 衡量: performance targets that are checked, measured, scored and published."""

__version__ = "0.1.0"
