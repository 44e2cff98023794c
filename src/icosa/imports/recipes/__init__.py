"""Recipes: one file that says how one export is read."""
