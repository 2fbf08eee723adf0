"""What comes in and goes out over HTTP. No answer of a list holds a value in clear."""
