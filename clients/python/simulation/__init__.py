"""The demo: twenty simulated phones, a bad network, and a comparison with the truth."""
