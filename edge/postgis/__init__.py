"""Django's PostGIS backend, with one habit of ours (`base.py`)."""
