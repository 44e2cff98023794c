"""Writes the types that ship with Icosa anew: `python -m icosa.surfaces.stubs`, after the standard catalogue was changed."""

from icosa.surfaces.stubs.shipped import shipped

for path, text in shipped().items():
    path.write_text(text, "utf-8")
    print(f"wrote {path}")
