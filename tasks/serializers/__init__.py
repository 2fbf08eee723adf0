"""Bodies and answers of to-dos, the worklist and the duty list."""
