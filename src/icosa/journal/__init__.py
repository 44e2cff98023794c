"""What was written through Icosa, with each record as it was, so that it can be put back."""
