"""The script that is run, and killed, by test_import_under_faults: two files into the workspace that the
environment names.  It is run again until it gets through, as a nightly job is."""

import sys
from pathlib import Path

import icosa
from icosa.client.sending.retries import Retries
from icosa.imports.importing import import_rows

TIMEOUT_SECONDS = 2.0
RETRIES = Retries(seconds=600, first_wait=0.001, longest_wait=0.02)


def main(folder: Path) -> None:
    with icosa.connect(timeout=TIMEOUT_SECONDS, retries=RETRIES) as crm:
        for resource, key in (("companies", "domainName.primaryLinkUrl"), ("people", "emails.primaryEmail")):
            imported = import_rows(crm, resource, folder / f"{resource}.csv", key=key)
            assert imported.applied.whole, imported


if __name__ == "__main__":
    main(Path(sys.argv[1]))
