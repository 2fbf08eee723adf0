"""Boundary files: read by an allow-list of drivers, checked row by row, all or nothing."""
