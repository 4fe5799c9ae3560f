"""Family S: can the scoring standard be applied?"""
