"""Family I: are the indicators well made?"""
