"""Shops we talk to: one folder per platform, none of which knows another."""
