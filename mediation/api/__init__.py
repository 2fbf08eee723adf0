"""The HTTP face of the mediation centre: thin, over the services."""
