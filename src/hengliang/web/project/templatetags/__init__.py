"""What the templates of all apps can load."""
