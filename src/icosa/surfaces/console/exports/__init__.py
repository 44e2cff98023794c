"""Export: what is shown, as a file."""
