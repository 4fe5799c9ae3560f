"""The interface for programs (API): routes under /api/v1, and the personal tokens that open them."""
