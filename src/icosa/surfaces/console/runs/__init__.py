"""What was written, by whom, and putting it back."""
