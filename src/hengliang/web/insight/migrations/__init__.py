"""Migrations of the boards."""
