"""How the workspace stands, in numbers and pictures."""
