"""`make bench`: the speeds that the design promises, as ratios within one run."""
