"""The public application of a test, listening on a port, and a real Chromium before it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.async_playwright import Axe
from fastapi import FastAPI
from playwright.async_api import Page, async_playwright

from tests.browser.conftest import ARGUMENTS, CHROMIUM


@asynccontextmanager
async def listening(app: FastAPI) -> AsyncIterator[str]:
    """The address at which `app` answers."""
    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    bound.listen()  # who calls before the server is ready waits
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    served = asyncio.create_task(server.serve(sockets=[bound]))
    yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    server.should_exit = True
    await served


@asynccontextmanager
async def browsing(app: FastAPI, account: tuple[str, str] | None = None) -> AsyncIterator[Page]:
    """A page of `app`, signed in as `account`. A script error in it fails the test."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    complaints: list[str] = []
    async with listening(app) as url, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = await browser.new_context(base_url=url, locale="fr-FR", viewport={"width": 1280, "height": 900})
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        if account:
            data = {"email": account[0], "password": account[1]}
            assert (await context.request.post("/api/session", data=data)).ok
        yield await context.new_page()
        await browser.close()
    assert complaints == []


async def barriers(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it stands."""
    found: list[dict[str, Any]] = (await Axe().run(page)).response["violations"]
    return [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]
