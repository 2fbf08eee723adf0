"""What the HTTP face of the mediation centre takes and shows."""
