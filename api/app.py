"""The two applications: the public one, and the inner one on loopback."""

from fastapi import FastAPI

from api.accounts.link_routes import router as account_links_router
from api.accounts.managing_routes import router as accounts_router
from api.accounts.oidc_routes import router as oidc_router
from api.accounts.opening_routes import router as openings_router
from api.accounts.pages import router as account_pages_router
from api.accounts.routes import router as me_router
from api.accounts.totp_routes import router as totp_router
from api.appointments.routes import router as appointments_router
from api.cases.routes import router as cases_router
from api.cases.summary_copies import router as copies_router
from api.cases.typing import SIGNALS_PER_MINUTE
from api.cases.typing import router as typing_router
from api.conversations.consents import router as consents_router
from api.conversations.plan import router as plan_router
from api.conversations.plan_mail import router as plan_mail_router
from api.conversations.routes import router as conversations_router
from api.conversations.summary_routes import router as summary_router
from api.desk.canned import router as canned_router
from api.desk.correcting import router as correcting_router
from api.desk.proposing import router as proposing_router
from api.errors import install_error_handlers
from api.funding.cases import router as funding_cases_router
from api.funding.routes import router as funding_router
from api.health import Board
from api.hubs.routes import directory_router
from api.hubs.routes import router as hubs_router
from api.insights.opinions import router as opinions_router
from api.insights.routes import router as insights_router
from api.internal.app import create_health_app, open_to_engine
from api.knowledge.pathways import router as pathways_router
from api.knowledge.routes import router as knowledge_router
from api.learning.routes import router as learning_router
from api.notifications.routes import router as outbox_router
from api.pages import mount_pages
from api.returning.routes import router as return_router
from api.security import BodyLimitMiddleware, LastResortMiddleware, SecurityMiddleware
from api.services import Services
from api.watch.routes import router as watch_router

# Conversations opened by one address in a minute: a hub's visitors share one.
OPENINGS_PER_MINUTE = 120
# Plans sent by e-mail in a minute, from one address of the network or to one mailbox.
MAILS_PER_MINUTE = 5


def create_public_app(services: Services) -> FastAPI:
    """What people and counsellors reach. Nothing internal is here: no schema, no health, no understanding."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.state.services = services
    limited = services.settings.messages_per_minute > 0
    app.state.messages = services.limit("messages", services.settings.messages_per_minute)
    app.state.signals = services.limit("signals", SIGNALS_PER_MINUTE)
    app.state.mails = services.limit("mails", MAILS_PER_MINUTE if limited else 0)
    app.state.openings = services.limit("openings", OPENINGS_PER_MINUTE if limited else 0)
    for router in (
        conversations_router,
        plan_router,
        plan_mail_router,
        summary_router,
        knowledge_router,
        pathways_router,
        funding_router,
        me_router,
        account_links_router,
        accounts_router,
        account_pages_router,
        totp_router,
        oidc_router,
        openings_router,
        cases_router,
        copies_router,
        appointments_router,
        typing_router,
        canned_router,
        correcting_router,
        proposing_router,
        hubs_router,
        directory_router,
        funding_cases_router,
        consents_router,
        learning_router,
        outbox_router,
        return_router,
        insights_router,
        opinions_router,
        watch_router,
    ):
        app.include_router(router)
    mount_pages(app)
    install_error_handlers(app)
    # The last one added is the outermost.
    for middleware in (BodyLimitMiddleware, LastResortMiddleware, SecurityMiddleware):
        app.add_middleware(middleware)
    return app


def create_internal_app(board: Board, services: Services) -> FastAPI:
    """What the dialogue engine and the operator reach, on loopback."""
    app = create_health_app(board)
    open_to_engine(app, services)
    return app
