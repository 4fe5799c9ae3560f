"""Tests of the synthetic year."""
