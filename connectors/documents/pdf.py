"""The action plan as a PDF of one or two pages: tagged (PDF/UA-1), in French, with a code that leads back."""

import io
from dataclasses import asdict
from datetime import datetime

import segno

from bot.action_plan import ActionPlan
from bot.wording import say
from connectors.documents.typesetting import compiled


def plan_pdf(plan: ActionPlan, address: str, now: datetime) -> bytes:
    """The file. `address` is the page that the code opens: never one that holds a key. Slow (a tenth of a second):
    call it in a thread."""
    data = {
        "title": say("plan.title"),
        "author": say("plan.author"),
        "subtitle": say("plan.subtitle", day=plan.day.strftime("%d/%m/%Y")),
        "intro": say("plan.intro"),
        "empty": None if plan.sections else say("plan.empty"),
        "back": say("plan.back"),
        "address": address,
        "code": say("plan.code"),
        "qr": _code(address),
        "sections": [asdict(section) for section in plan.sections],
    }
    return compiled("plan", data, now)


def _code(address: str) -> str:
    drawing = io.BytesIO()
    segno.make(address, error="m").save(drawing, kind="svg", border=2)
    return drawing.getvalue().decode()
