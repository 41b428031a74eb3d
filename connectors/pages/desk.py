"""The pages of the counsellors' desk: one template, one script, one style sheet and one file of
French texts (`desk/PAGE.yml`) each."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from connectors.pages import environment, live_texts, texts

_TEXTS = Path(__file__).parent / "desk"


def render_desk(page: str, **values: object) -> str:
    """The HTML of a desk page. Its `page` texts are `own` in the template, its `live` texts join those of every page
    in the script."""
    own, shared = _texts(page), _texts("shared")
    live = (
        live_texts() | shared["live"] | own.get("live", {}) | {name: values.get(name, {}) for name in ("hubs", "facts")}
    )
    return (
        environment()
        .get_template(f"desk/{page}.html")
        .render(
            t=texts()["page"],
            shared=shared["page"],
            nav=shared["nav"],
            signin=_texts("signin")["page"],
            own=own["page"],
            live=live,
            page=page,
            **values,
        )
    )


def shared_texts() -> dict[str, Any]:
    """What every page of the desk says; under `live`, the names of reasons and outcomes too."""
    return _texts("shared")


@cache
def _texts(page: str) -> dict[str, Any]:
    with (_TEXTS / f"{page}.yml").open(encoding="utf-8") as stream:
        content: dict[str, Any] = yaml.safe_load(stream)
    return content
