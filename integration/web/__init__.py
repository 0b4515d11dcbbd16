"""What every HTTP door shares: guards, errors, limits, idempotency, shapes."""
