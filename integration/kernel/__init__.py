"""Small tools that every floor may use."""
