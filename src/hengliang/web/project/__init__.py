"""Settings, addresses, the frame of every page: the one place that knows every app."""
