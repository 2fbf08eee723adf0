"""Other people's servers, measured in the same run on the same PostgreSQL, in an environment of their own."""
