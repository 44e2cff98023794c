"""What a write sets off in its own transaction."""
