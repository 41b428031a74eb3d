"""Where the parts of an installation are kept, and how they reach each other."""

from pathlib import Path

from api.settings import Settings
from connectors.rasa.process import RasaSettings

LOOPBACK = "127.0.0.1"


def rasa_settings(settings: Settings) -> RasaSettings:
    """Where Rasa runs and how it reaches back."""
    return RasaSettings(
        python=settings.rasa_python,
        port=settings.rasa_port,
        data_dir=settings.data_dir,
        internal_url=f"http://{LOOPBACK}:{settings.internal_port}",
        secret=settings.internal_secret.get_secret_value(),
    )


def understanding_dir(settings: Settings) -> Path:
    """Where the understanding model is kept."""
    return settings.data_dir / "nlu"
