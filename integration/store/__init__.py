"""Everything we remember: the record in Postgres, and what Valkey derives from it."""
