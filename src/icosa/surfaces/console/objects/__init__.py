"""The objects of the workspace and their fields."""
