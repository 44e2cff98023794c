"""What is to be done, looked at before: steps in a file, applied once, taken up again, and undone."""
