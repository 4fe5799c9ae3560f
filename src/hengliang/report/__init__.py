"""Results turned into documents: text for terminals, tables, office files, records for programs."""
