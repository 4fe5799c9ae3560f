"""The routes of the interface, one file for each thing they are about."""
