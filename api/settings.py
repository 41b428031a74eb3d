"""The one settings object, read from the environment (prefix `HUB_`) and from `.env`."""

import secrets
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.notifications.mail_server import mail_server
from knowledge.clock import Clock
from knowledge.update.sources import DATASETS


class Settings(BaseSettings):
    """What an operator can set. Every field is documented in `docs/reglages.md`."""

    model_config = SettingsConfigDict(env_prefix="HUB_", env_file=".env", extra="ignore", frozen=True)

    data_dir: Path = Path("var")
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
    internal_port: int = Field(8001, ge=1, le=65535)
    rasa_port: int = Field(5005, ge=1, le=65535)
    rasa_python: Path = Path(".venv-rasa/bin/python")
    database_url: str | None = None
    redis_url: str | None = Field(None, pattern=r"^(rediss?|unix)://[^\s]+$")
    embedding_model: str | None = None
    bootstrap_counsellor: SecretStr | None = None
    today: date | None = None
    messages_per_minute: int = Field(30, ge=0)
    internal_secret: SecretStr = Field(default_factory=lambda: SecretStr(secrets.token_urlsafe(32)))
    cookie_secure: bool = False
    secret_key: SecretStr | None = Field(None, min_length=16)
    totp_required: bool = False
    oidc_issuer: str | None = Field(None, pattern=r"^https?://[^\s]+$")
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_label: str | None = Field(None, max_length=60)
    access_log_days: int = Field(365, ge=1)
    public_url: str | None = None
    datasets_url: str = DATASETS
    conversation_days: int = Field(365, ge=1)
    inbox_days: int = Field(30, ge=1)
    kiosk_idle_seconds: int = Field(90, ge=10)
    tick_seconds: float = Field(5, ge=0.1)
    release_minutes: int = Field(30, ge=1)
    long_wait_minutes: int = Field(10, ge=1)
    expire_days: int = Field(7, ge=1)
    smtp_url: SecretStr | None = None
    mail_from: str | None = Field(None, pattern=r"^[\w.+-]+@[A-Za-z0-9.-]+$")
    webhook_url: str | None = Field(None, pattern=r"^https?://[^\s/]+")
    webhook_secret: SecretStr | None = None
    reminder_hours: tuple[float, ...] = (1, 24)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        """A way to send is set whole or not at all. Raises ValueError."""
        if self.smtp_url is not None:
            mail_server(self.smtp_url.get_secret_value())
        if (self.smtp_url is None) != (self.mail_from is None):
            raise ValueError("HUB_SMTP_URL and HUB_MAIL_FROM go together")
        if (self.webhook_url is None) != (self.webhook_secret is None):
            raise ValueError("HUB_WEBHOOK_URL and HUB_WEBHOOK_SECRET go together")
        if len({value is None for value in (self.oidc_issuer, self.oidc_client_id, self.oidc_client_secret)}) == 2:
            raise ValueError("HUB_OIDC_ISSUER, HUB_OIDC_CLIENT_ID and HUB_OIDC_CLIENT_SECRET go together")
        return self

    @property
    def sends_mail(self) -> bool:
        """Whether a mail that is queued will ever leave."""
        return self.smtp_url is not None

    @property
    def site(self) -> str:
        """The address of the site as mails give it, without a slash at its end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def database(self) -> str:
        """The database URL without driver, as an operator writes it (`sqlite:///…`, `postgresql://…`)."""
        return self.database_url or f"sqlite:///{self.data_dir / 'hub.sqlite3'}"

    @cached_property
    def clock(self) -> Clock:
        """The clock that all rules read."""
        return Clock(self.today)
