"""One message of every kind of the contract, shown in the transcript of a page as the live events would."""

from typing import Any

from playwright.sync_api import Page

SOURCE = {"title": "Service-Public.fr", "url": "https://www.service-public.fr/", "checked_on": "2026-11-20"}
LINE = {"missing": [], "opens_on": None, "replaced_by": None, "sources": [SOURCE], "amount": None}
CERTIFICATION = {
    "code": "RNCP41843",
    "title": "Diplôme de comptabilité et de gestion",
    "type": "DCG",
    "kind": "rncp",
    "level": 6,
    "active": True,
    "replaced_by": [],
    "why": ["Mène au métier de comptable."],
}
PLAN = {
    "on": "2026-11-23",
    "cost": 3000,
    "covered": 2400,
    "remaining": 600,
    "fee": 150,
    "lines": [
        {**LINE, "scheme": "cpf", "verdict": "eligible", "amount": 2400, "reasons": ["Votre compte le permet."]},
        {**LINE, "scheme": "pro_a", "verdict": "closed", "reasons": ["Fermé."], "replaced_by": "periode_reconversion"},
        {**LINE, "scheme": "ptp", "verdict": "ineligible", "reasons": ["Pas encore."], "opens_on": "2027-02-01"},
    ],
    "income": [{**LINE, "scheme": "aref", "verdict": "eligible", "amount": 900, "reasons": ["Chaque mois."]}],
    "employer_aids": [],
    "questions": [],
    "calendar": [{"date": "2027-01-04", "act": "Déposer le dossier", "scheme": "ptp"}],
    "warnings": ["Ne payez rien avant l'accord écrit."],
}
PATHWAY = {
    "id": "short",
    "title": "Par le titre professionnel",
    "why": ["Le plus court."],
    "steps": [{"kind": "training", "title": "Titre", "duration": "8 mois", "cost": 4000, "why": "Le soir."}],
}


def message(kind: str, payload: dict[str, Any] | None, text: str = "", author: str = "bot") -> dict[str, Any]:
    """A message of the contract; its number is given when it is shown."""
    return {"author": author, "kind": kind, "text": text or f"Un message {kind}.", "payload": payload}


EVERY_KIND = [
    message("text", {"sources": [SOURCE]}, "Deux lignes.\n• un point\n• un autre"),
    message("certifications", {"items": [CERTIFICATION, {**CERTIFICATION, "code": "RNCP1", "active": False}]}),
    message("jobs", {"items": [{"rome": "M1203", "label": "Comptable", "why": "Proche de vos mots."}]}),
    message("pathways", {"items": [PATHWAY]}),
    message("funding", PLAN),
    message("handover", {"case_id": "c", "status": "pending", "reasons": ["asked"]}),
    message("appointment", {"at": "2026-11-30T14:30:00+01:00", "hub": "troyes", "mode": "onsite"}),
    message("document", {"url": "/api/plan.pdf", "label": "Mon plan"}),
    message("text", None, "Je suis Claire.", "counsellor"),
    message("text", None, "Claire a rejoint la conversation.", "system"),
    message("question", {"field": None, "choices": [{"id": "yes", "label": "Oui"}, {"id": "no", "label": "Non"}]}),
]


def show(page: Page, *messages: dict[str, Any]) -> None:
    """Add the messages to the page's transcript, with buttons where they offer choices."""
    page.evaluate(
        """messages => {
          const transcript = document.querySelector("hub-transcript");
          for (const message of messages) transcript.add({ ...message, seq: transcript.last + 1 }, () => {});
        }""",
        list(messages),
    )
