"""Forms of corrections, blank and filled."""
