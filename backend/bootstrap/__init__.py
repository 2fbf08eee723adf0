"""What runs before a virtual environment exists: the private PostgreSQL cluster, secrets, the supervisor.

Standard library only, Python 3.11 and later; the tests import the same modules for their own cluster.
"""
