"""A written scoring sentence (评（扣）分标准) becomes a tree, a curve and an explained score."""
