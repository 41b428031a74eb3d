"""Files of text that are replaced whole: who reads one meanwhile reads the old text or the new, never a part."""

from pathlib import Path


def replace_text(file: Path, content: str) -> None:
    """Write `content` beside `file`, then in its place. Raises OSError."""
    part = file.with_name(f"{file.name}.part")
    part.write_text(content, "utf-8")
    part.replace(file)
