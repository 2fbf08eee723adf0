"""What the HTTP face of screenings and disputes takes and shows."""
