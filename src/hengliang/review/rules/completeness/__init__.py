"""Family F: is the form complete?"""
