"""The tables of the knowledge. Read through `knowledge.catalogue`, written by `knowledge.importing`."""

from knowledge.models.certifications import BlockRow, CertificationRow
from knowledge.models.documents import AgreementRow, NoticeRow, PassageRow
from knowledge.models.imports import ImportRow
from knowledge.models.jobs import InterestRow, JobRow, JobTitleRow, SkillRow
from knowledge.models.offers import OfferRow, SessionRow
from knowledge.models.places import CommuneRow, HubRow

__all__ = [
    "AgreementRow",
    "BlockRow",
    "CertificationRow",
    "CommuneRow",
    "HubRow",
    "ImportRow",
    "InterestRow",
    "JobRow",
    "JobTitleRow",
    "NoticeRow",
    "OfferRow",
    "PassageRow",
    "SessionRow",
    "SkillRow",
]
