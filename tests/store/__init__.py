"""What we remember, on real engines."""
