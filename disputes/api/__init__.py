"""The HTTP face of screenings and disputes: thin, over the same services as the push of a phone."""
