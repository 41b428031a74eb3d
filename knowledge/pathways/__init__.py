"""From where a person is to the job or the certification aimed at: two to four ways, each explained."""

from knowledge.pathways.plan import plan_routes
from knowledge.pathways.profile import RouteProfile, Target
from knowledge.pathways.records import Pathway, Pathways, Step

__all__ = ["Pathway", "Pathways", "RouteProfile", "Step", "Target", "plan_routes"]
