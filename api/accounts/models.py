"""Tables of counsellors' accounts and sessions."""

from datetime import datetime

from sqlalchemy import JSON, DateTime, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.database import Base


class AccountRow(Base):
    """Someone of a hub's team. `role` is one of `api.accounts.roles`, `hubs` holds hub ids, or `*` for all.
    `must_change`: the password was given by the program. `password_hash` is empty until an invitation is answered. An
    account that is not `active` opens nothing, and its name stays on what it did. `totp_secret` is encrypted; it counts
    once `totp_on`; `totp_last_step` is the step of the last code used."""

    __tablename__ = "accounts"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    password_hash: Mapped[str] = mapped_column(String(200))
    hubs: Mapped[list[str]] = mapped_column(JSON)
    role: Mapped[str] = mapped_column(String(20), default="counsellor")
    active: Mapped[bool] = mapped_column(default=True)
    must_change: Mapped[bool] = mapped_column(default=False)
    totp_secret: Mapped[str | None] = mapped_column(String(255))
    totp_on: Mapped[bool] = mapped_column(default=False)
    totp_last_step: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class CounsellorSessionRow(Base):
    """A signed-in browser. Only the digest of the cookie is kept. `present_at`: when the desk was last open in it,
    which does not make the session longer."""

    __tablename__ = "counsellor_sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), unique=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    csrf: Mapped[str] = mapped_column(String(64))
    device: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    last_seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    present_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class AccountLinkRow(Base):
    """A link sent to choose a password: works once, until `expires_at`. Only the digest of its token is kept. `purpose`
    is `invitation` or `reset`."""

    __tablename__ = "account_links"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(10))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class RecoveryCodeRow(Base):
    """A code that stands in for the phone, once. Only its digest is kept."""

    __tablename__ = "recovery_codes"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)


class CaseOpeningRow(Base):
    """Someone of the team opened a case: who, which, when, and nothing of what it holds. Outlives the case, to which
    its random id then leads no more."""

    __tablename__ = "case_openings"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    case_id: Mapped[str] = mapped_column(String(32))
    hub: Mapped[str | None] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)


class LoginFailureRow(Base):
    """A failed sign-in, kept for as long as it counts. `key` is a digest of the address or of the e-mail."""

    __tablename__ = "login_failures"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
