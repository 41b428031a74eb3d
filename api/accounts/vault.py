"""What has to be read again is kept encrypted, under a key that is not in the database."""

import base64
import contextlib
import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from api.settings import Settings
from knowledge.errors import HubError

KEY_FILE = "secret.key"
_PURPOSE = b"hub: secrets of the second step"


class SecretUnreadable(HubError):
    """What was kept was encrypted under another key: `HUB_SECRET_KEY` or the key file changed."""

    code = "secret_unreadable"
    status = 503


class Vault:
    """Encrypts and decrypts short texts under a key derived from the program's secret."""

    def __init__(self, secret: str) -> None:
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret.encode())
        self._box = Fernet(base64.urlsafe_b64encode(key))

    def lock(self, text: str) -> str:
        """What is kept of a text."""
        return self._box.encrypt(text.encode()).decode()

    def unlock(self, kept: str) -> str:
        """The text again. Raises SecretUnreadable."""
        try:
            return self._box.decrypt(kept.encode()).decode()
        except InvalidToken:
            raise SecretUnreadable from None


def open_vault(settings: Settings) -> Vault:
    """The vault of the setting `secret_key`, or of a key drawn once into the data folder, which its owner alone
    reads."""
    if settings.secret_key is not None:
        return Vault(settings.secret_key.get_secret_value())
    file = settings.data_dir / KEY_FILE
    _draw(file)
    return Vault(file.read_text("ascii"))


def _draw(file: Path) -> None:
    if file.exists():
        return
    # Written aside, then linked: a key is never read half-written, and of two that begin at once one wins.
    draft = file.with_name(f"{KEY_FILE}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(secrets.token_urlsafe(32))
    with contextlib.suppress(FileExistsError):
        file.hardlink_to(draft)
    draft.unlink()
