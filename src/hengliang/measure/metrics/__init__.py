"""Metrics that a definition cannot say: functions over tables, one file for each subject."""
