"""The audit log (安全审计): append-only and hash-chained, who did what. It cannot be switched off."""
