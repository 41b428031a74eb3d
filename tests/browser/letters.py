"""The mails that the assistant sends while a browser waits for them."""

import time

from tests.api.post import Mailbox, text_of
from tests.browser.conftest import PATIENCE_MS


def letter(letters: Mailbox, address: str, words: str) -> str:
    """The mail with these words that comes to an address, a moment later; empty where none comes."""
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while time.monotonic() < deadline:
        for mail in list(letters.mails):
            if mail["To"] == address and words in text_of(mail):
                return text_of(mail)
        time.sleep(0.1)
    return ""
