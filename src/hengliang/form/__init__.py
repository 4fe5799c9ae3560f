"""What a form says, as immutable records, and how documents of many kinds are read into them and written."""
