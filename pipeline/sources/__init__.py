"""Where documents come from: seed files and their manifest; every document keeps the path or URL it came from."""
