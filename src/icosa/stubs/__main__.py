"""Writes the types that ship with Icosa anew: `python -m icosa.stubs`, after the standard catalogue was changed."""

from icosa.stubs.shipped import shipped

for path, text in shipped().items():
    path.write_text(text, "utf-8")
    print(f"wrote {path}")
