"""Import by upload: a file, where its columns go, what would change, and how far it is."""
