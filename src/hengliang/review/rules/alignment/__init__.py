"""Family G: do duties, goals and indicators meet?"""
