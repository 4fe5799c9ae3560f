"""Family P: were procedure and publication followed?"""
