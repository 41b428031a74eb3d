"""What the rest of the program sees of the knowledge: frozen records, never database rows."""

from knowledge.records.certifications import AccessRoute, Block, Certification, CertificationKind
from knowledge.records.documents import Agreement, Notice, Passage
from knowledge.records.jobs import Interest, Job, JobTitle, Skill, SkillKind
from knowledge.records.offers import Offer, OfferPlace, Session
from knowledge.records.places import Commune, Hub
from knowledge.records.sources import Source

__all__ = [
    "AccessRoute",
    "Agreement",
    "Block",
    "Certification",
    "CertificationKind",
    "Commune",
    "Hub",
    "Interest",
    "Job",
    "JobTitle",
    "Notice",
    "Offer",
    "OfferPlace",
    "Passage",
    "Session",
    "Skill",
    "SkillKind",
    "Source",
]
