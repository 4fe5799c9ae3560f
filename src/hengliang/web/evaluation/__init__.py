"""What came of the targets: measured and stated values, monitoring, self-evaluation, check, evaluation."""
