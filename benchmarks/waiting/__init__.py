"""What browsers that wait ask of the origin."""
