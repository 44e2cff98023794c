"""The words of the console's paths, which an access log may show; all else in a path may be what somebody typed."""

WORDS = (
    "sign-in", "sign-out", "static", "run", "runs", "chains", "browse", "board", "imports", "map", "plan", "apply", "result", "keys",
    "health", "find", "objects", "check", "facts", "edit", "attached", "done", "duplicates", "delete", "restore", "search", "move",
    "download", "records", "columns", "condition", "change", "cell", "export", "use", "new", "actions", "import", "copy", "file", "items",
    "dry-run", "stop", "progress", "bad", "remove", "exports",
)  # fmt: skip
