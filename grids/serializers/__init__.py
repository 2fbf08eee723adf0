"""Bodies and answers of places, one module for each module of `grids/api`."""
