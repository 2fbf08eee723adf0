"""Forms of privacy, blank and filled."""
