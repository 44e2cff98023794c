"""The console: the workspace as pages, for people with a browser."""
