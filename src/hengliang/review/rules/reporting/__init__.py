"""Family R: is the monitoring or self-evaluation right?"""
