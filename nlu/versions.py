"""The trained models kept side by side: one is in service, the one before it can come back."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from knowledge.errors import NotFound
from nlu.whole_files import replace_text

MODEL = "intents.joblib"
_METADATA = "intents.json"
_IN_SERVICE = "in_service.json"
_KEPT = 5


class NoSuchModel(NotFound):
    """No model has this number: `number`, `known`."""

    code = "no_such_model"


@dataclass(frozen=True, slots=True)
class Version:
    """A trained model, numbered from 1 in the order of training. `metadata` is what training wrote of it."""

    number: int
    folder: Path
    metadata: Mapping[str, object]

    @property
    def trained_at(self) -> datetime:
        """When its training ended."""
        return datetime.fromtimestamp((self.folder / _METADATA).stat().st_mtime, UTC)


class Versions:
    """The models of a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._models = folder / "models"

    def all(self) -> list[Version]:
        """Those that were written whole, oldest first."""
        folders = [path for path in self._models.glob("*") if path.name.isdigit()]
        read = [Version(int(path.name), path, _read(path / _METADATA)) for path in folders]
        return sorted((one for one in read if one.metadata), key=lambda one: one.number)

    def in_service(self) -> Version | None:
        """The one that answers, if any."""
        number = self._choice().get("number")
        return next((one for one in self.all() if one.number == number), None)

    def is_chosen_for(self, corpus: str) -> bool:
        """Whether the one in service was put there knowing this corpus."""
        return self._choice().get("corpus") == corpus

    def get(self, number: int) -> Version:
        """Raises NoSuchModel."""
        known = {one.number: one for one in self.all()}
        if number not in known:
            raise NoSuchModel(number=number, known=", ".join(map(str, known)) or "–")
        return known[number]

    def use(self, number: int, corpus: str) -> None:
        """Put in service, whatever model `corpus` gives; a running assistant takes it at its next start. Raises
        NoSuchModel."""
        self.get(number)
        replace_text(self.folder / _IN_SERVICE, json.dumps({"number": number, "corpus": corpus}))

    def begin(self) -> Path:
        """The empty folder of a new model. It counts once `finish` has written its metadata."""
        number = max((int(path.name) for path in self._models.glob("*") if path.name.isdigit()), default=0) + 1
        folder = self._models / str(number)
        folder.mkdir(parents=True)
        return folder

    def finish(self, folder: Path, metadata: Mapping[str, object]) -> Version:
        """Write what is known of the model, last: an interrupted training is seen as none. The oldest ones go."""
        (folder / _METADATA).write_text(json.dumps(metadata, ensure_ascii=False, indent=1), encoding="utf-8")
        self._forget_oldest()
        return Version(int(folder.name), folder, metadata)

    def _choice(self) -> Mapping[str, object]:
        return _read(self.folder / _IN_SERVICE)

    def _forget_oldest(self) -> None:
        serving = self.in_service()
        for old in self.all()[:-_KEPT]:
            if serving is None or old.number != serving.number:
                shutil.rmtree(old.folder)


def _read(file: Path) -> Mapping[str, object]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return content if isinstance(content, dict) else {}
