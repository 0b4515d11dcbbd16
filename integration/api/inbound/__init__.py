"""What platforms send us."""
