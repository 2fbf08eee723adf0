"""HTTP faces of the map."""
