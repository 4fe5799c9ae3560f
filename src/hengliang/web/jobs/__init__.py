"""Long work in the background (imports, loads, documents), with progress that survives a restart."""
