"""Family W: are the points right?"""
