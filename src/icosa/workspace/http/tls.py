"""TLS by the server itself."""

import ssl
from pathlib import Path
from typing import NamedTuple

from icosa.errors import InvalidInput


class Certificate(NamedTuple):
    """The files of a certificate, with the chain that leads to its issuer, and of its key; both are PEM."""

    chain: Path
    key: Path

    def context(self) -> ssl.SSLContext:
        """What connections are wrapped in: TLS 1.2 or newer.  Raises InvalidInput where the files do not go together."""
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.minimum_version = ssl.TLSVersion.TLSv1_2
        self.load(made)
        return made

    def load(self, into: ssl.SSLContext) -> None:
        """Reads the files, again where they were renewed: new connections have the new certificate.  Raises InvalidInput."""
        for option, file in (("--tls-cert", self.chain), ("--tls-key", self.key)):
            try:
                file.read_bytes()
            except OSError as error:
                raise InvalidInput(f"{option} {file}: cannot be read: {error.strerror}") from None
        try:
            into.load_cert_chain(self.chain, self.key, password="")
        except ssl.SSLError as error:
            if error.reason == "KEY_VALUES_MISMATCH":
                raise InvalidInput(
                    f"--tls-key {self.key} is not the key to the certificate in {self.chain}; give the one it was made with"
                ) from None
            raise InvalidInput(
                f"--tls-cert {self.chain}, --tls-key {self.key}: one of them is no PEM file that can be read, or the key has a "
                "password; give the certificate with its chain, and its key without a password"
            ) from None
