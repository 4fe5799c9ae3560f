"""From a document's tables and lines to forms: words recognised by meaning, rows read by their heads."""
