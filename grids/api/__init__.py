"""The HTTP edge of places, one module for each sort of resource."""
