"""The guide's records: load, check, link, render. Knows nothing of MkDocs."""
