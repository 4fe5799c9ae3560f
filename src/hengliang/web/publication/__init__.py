"""The public site: frozen, reviewed copies of what was promised and what came of it, and open data."""
