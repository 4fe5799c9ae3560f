"""The stories of the ledgers: each module names its own in `STORIES`, ledger by ledger."""
