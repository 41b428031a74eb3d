"""Training of the dialogue model, skipped while the Rasa project is unchanged."""

import hashlib
import subprocess
from pathlib import Path

from connectors.rasa.process import RasaSettings
from knowledge.errors import Unavailable


class DialogueTrainingFailed(Unavailable):
    """Rasa refused the project; its own words are in the log file named by `log`."""

    code = "dialogue_training_failed"


def train(settings: RasaSettings) -> bool:
    """Train rules and forms; whether there was something to do. Raises DialogueTrainingFailed."""
    wanted = _fingerprint(settings.project)
    mark = settings.model.with_suffix(".fingerprint")
    if settings.model.is_file() and mark.is_file() and mark.read_text(encoding="utf-8") == wanted:
        return False
    settings.model.parent.mkdir(parents=True, exist_ok=True)
    log = settings.model.with_suffix(".log")
    command: list[str | Path] = [
        settings.python.absolute(),
        *("-m", "rasa", "train", "core", "--domain", "domain", "--stories", "data", "--config", "config.yml"),
        *("--out", settings.model.parent.resolve(), "--fixed-model-name", "dialogue"),
    ]
    with log.open("wb") as output:
        done = subprocess.run(  # noqa: S603 - our own interpreter and files
            command, cwd=settings.project, env=dict(settings.environment()), stdout=output, stderr=output, check=False
        )
    if done.returncode != 0 or not settings.model.is_file():
        raise DialogueTrainingFailed(log=str(log))
    mark.write_text(wanted, encoding="utf-8")
    return True


def _fingerprint(project: Path) -> str:
    digest = hashlib.sha256()
    for file in [*sorted(project.rglob("*.yml")), *project.glob("requirements.lock")]:
        digest.update(file.relative_to(project).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()
