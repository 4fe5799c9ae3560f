"""The provider of accounts, for the tests of this folder."""

from tests.web.accounts.at_provider import provider, started

__all__ = ["provider", "started"]
