"""Papers: a small model of a document, its PDF and DOCX, and the register of forms. Knows no domain."""
