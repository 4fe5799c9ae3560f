"""Family V: do value, sign and unit fit?"""
