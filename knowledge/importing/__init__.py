"""Writing records: only what changed, one transaction a load, so that a failed one leaves the old data whole."""

from knowledge.importing.certifications import FILLED_IN
from knowledge.importing.loader import Loader
from knowledge.importing.report import Progress, Report

__all__ = ["FILLED_IN", "Loader", "Progress", "Report"]
