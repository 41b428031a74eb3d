"""A mail server that asks for a password over STARTTLS, with a certificate of an authority made here."""

import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pydantic import SecretStr
from sqlalchemy import select

from api.notifications.delivery import deliver_due
from api.notifications.models import OutboxRow
from api.notifications.outbox import queue_mail
from api.services import Services
from tests.api.conftest import with_settings
from tests.api.post import Mailbox, mail_server

USER, PASSWORD = "hub", "un mot de passe : long/€"
PERCENT = "un%20mot%20de%20passe%20%3A%20long%2F%E2%82%AC"


@dataclass(slots=True)
class Door:
    """Who came in, and with which passwords it was tried."""

    tried: list[str] = field(default_factory=list)

    def __call__(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: LoginPassword) -> AuthResult:
        self.tried.append(data.password.decode())
        return AuthResult(
            success=(data.login.decode(), data.password.decode()) == (USER, PASSWORD),
            handled=False,  # the server itself says so
        )


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The certificate of the server, which is its own authority, and its key: `ca.pem`, `key.pem`."""
    folder = tmp_path_factory.mktemp("authority")
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "ca.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder


@pytest.fixture
def mailbox(authority: Path, door: Door) -> Iterator[Mailbox]:
    """The mail server: nothing without STARTTLS, nothing without a password."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority / "ca.pem", authority / "key.pem")
    with mail_server(tls_context=context, require_starttls=True, auth_required=True, authenticator=door) as box:
        yield box


@pytest.fixture
def trusted(authority: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The operator trusts this authority."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority / "ca.pem"))


async def sent(services: Services, mailbox: Mailbox, password: str = PERCENT) -> tuple[str, str | None]:
    """A mail is tried once; how it stands then."""
    url = SecretStr(mailbox.url.replace("smtp://", f"smtp://{USER}:{password}@"))
    ours = with_settings(services, smtp_url=url, mail_from="ne-pas-repondre@hub.test")
    async with ours.sessions() as session, session.begin():
        queue_mail(session, to="hub@colmar.test", template="case_opened", now=ours.clock.now(), place="Colmar", url="/")
    await deliver_due(ours)
    async with ours.sessions() as session:
        row = (await session.scalars(select(OutboxRow))).one()
    return row.status, row.last_error


@pytest.mark.usefixtures("trusted")
async def test_the_mail_goes_encrypted_with_the_password(services: Services, mailbox: Mailbox, door: Door) -> None:
    assert await sent(services, mailbox) == ("sent", None)
    assert [mail["To"] for mail in mailbox.mails] == ["hub@colmar.test"]
    assert door.tried == [PASSWORD]


@pytest.mark.usefixtures("trusted")
async def test_a_wrong_password_is_for_the_operator_to_put_right(services: Services, mailbox: Mailbox) -> None:
    assert await sent(services, mailbox, "faux") == ("waiting", "smtp_535")
    assert mailbox.mails == []


async def test_a_server_that_nobody_vouches_for_is_not_given_the_password(
    services: Services, mailbox: Mailbox, door: Door
) -> None:
    assert await sent(services, mailbox) == ("waiting", "unreachable")
    assert (mailbox.mails, door.tried) == ([], [])


async def test_without_encryption_the_password_is_not_given(services: Services, door: Door) -> None:
    with mail_server(auth_require_tls=False, authenticator=door) as plain:
        status, error = await sent(services, plain)
    assert (status, error) == ("waiting", "unreachable")
    assert (plain.mails, door.tried) == ([], [])
