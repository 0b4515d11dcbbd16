"""A launch with simulated people and a simulated clock, by the rules of ``integration.engine``."""
