"""Where mails are handed over, as an operator writes it: `smtp://user:password@host:587` or `smtps://host`."""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server. `tls`: encrypted from the first byte (`smtps`); else STARTTLS where the server has it, and
    always where there is a password to send."""

    host: str
    port: int
    tls: bool
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def start_tls(self) -> bool | None:
        """Whether STARTTLS is done; None for «if the server has it»."""
        if self.tls:
            return False
        return True if self.user else None


def mail_server(url: str) -> MailServer:
    """Read the address. Raises ValueError, which does not quote it: it holds a password."""
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError("HUB_SMTP_URL must be smtp://[user:password@]host[:port] or smtps://…")
    return MailServer(
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        tls=parts.scheme == "smtps",
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
    )
