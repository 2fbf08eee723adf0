"""The HTTP face of to-dos, the worklist and the duty list."""
