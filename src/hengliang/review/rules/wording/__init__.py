"""Family T: is the text clear?"""
