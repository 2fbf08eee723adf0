"""Corrections over HTTP: for officers of station and agency, and reading for the procurator."""
