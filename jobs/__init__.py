"""What happens outside of requests: RQ jobs and the clock."""
