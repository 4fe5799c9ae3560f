"""Uploaded and produced files, kept outside the database under the digest of their content."""
