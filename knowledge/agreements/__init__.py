"""The door of this room: the OPCO of an employer, by the number or the words of its collective agreement."""

from knowledge.agreements.finder import AgreementFinder, Found, names_activity
from knowledge.agreements.names import opco_name, opcos_named, short_title

__all__ = ["AgreementFinder", "Found", "names_activity", "opco_name", "opcos_named", "short_title"]
