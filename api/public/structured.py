"""What search engines may read of a page: schema.org, as plain data."""

from collections.abc import Mapping, Sequence
from typing import Any

from knowledge.records import Certification, Job, Offer, Session

Data = Mapping[str, Any]


def of_certification(record: Certification, address: str) -> Data:
    """An EducationalOccupationalCredential."""
    return {
        "@context": "https://schema.org",
        "@type": "EducationalOccupationalCredential",
        "name": record.title,
        "identifier": record.code,
        "url": address,
        "credentialCategory": record.type,
        "educationalLevel": f"EQF {record.level}" if record.level else None,
        "description": record.summary or record.objectives[:500] or None,
        "recognizedBy": [{"@type": "Organization", "name": name} for name in record.certifiers],
        "sameAs": record.source.url,
    }


def of_job(job: Job, skills: Sequence[str], address: str) -> Data:
    """An Occupation."""
    return {
        "@context": "https://schema.org",
        "@type": "Occupation",
        "name": job.label,
        "url": address,
        "occupationalCategory": {"@type": "CategoryCode", "codeValue": job.rome, "inCodeSet": "ROME 4.0"},
        "description": job.definition or None,
        "skills": list(skills[:10]),
    }


def of_offer(offer: Offer, address: str) -> Data:
    """A Course with an instance for each session; an example has none, nor a price."""
    return {
        "@context": "https://schema.org",
        "@type": "Course",
        "name": offer.title,
        "url": address,
        "description": offer.objectives or offer.title,
        "provider": {"@type": "Organization", "name": offer.provider},
        "educationalCredentialAwarded": offer.certification,
        "hasCourseInstance": [_instance(offer, session) for session in offer.sessions],
    }


def _instance(offer: Offer, session: Session) -> Data:
    place = offer.place
    return {
        "@type": "CourseInstance",
        "courseMode": "online" if "remote" in offer.modality else "onsite",
        "startDate": session.starts_on.isoformat(),
        "endDate": session.ends_on.isoformat() if session.ends_on else None,
        "location": {"@type": "Place", "name": place.town, "address": f"{place.postcode} {place.town}"}
        if place
        else None,
    }
