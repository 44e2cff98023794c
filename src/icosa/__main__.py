"""`python -m icosa` is `icosa`."""

from icosa.surfaces.cli.main import main

if __name__ == "__main__":
    main()
