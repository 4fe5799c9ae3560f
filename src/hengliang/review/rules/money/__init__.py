"""Family M: does the money fit the targets?"""
