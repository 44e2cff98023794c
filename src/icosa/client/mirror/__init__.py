"""A workspace in one file: pulled from a remote one, compared, masked, and pushed back as a plan."""
