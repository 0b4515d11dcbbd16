"""Pure rules: no clock, no database, no library; everything is an argument."""
