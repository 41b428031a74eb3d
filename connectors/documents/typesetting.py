"""Templates filled and set as PDF: tagged (PDF/UA-1), with the fonts of the typesetter alone."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

_FOLDER = Path(__file__).parent


def compiled(template: str, data: Mapping[str, Any], now: datetime) -> bytes:
    """The PDF of `TEMPLATE.typ`, which reads `data` as JSON. Slow (a tenth of a second): call it in a thread."""
    return typst.compile(
        _FOLDER / f"{template}.typ",
        root=_FOLDER,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=int(now.timestamp()),
    )
