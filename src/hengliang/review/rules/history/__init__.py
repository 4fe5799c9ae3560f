"""Family H: do the targets fit the years before?"""
