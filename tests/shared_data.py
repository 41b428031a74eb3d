"""Where the real open data lies beside the checkout, when it does."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared_data() -> Path:
    """The folder of real open data. Skips the calling test where it is absent."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip("real open data is not beside this checkout (../shared/data)")
    return folder
