"""The words that all rooms share: numbers, units, periods, places, messages, findings, profiles."""
