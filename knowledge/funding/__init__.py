"""Who pays a training, how much, by when, and why not: rules as dated records, read and checked by counsellors."""

from knowledge.funding.funding import Funding
from knowledge.funding.plan import Plan
from knowledge.funding.situation import Training

__all__ = ["Funding", "Plan", "Training"]
