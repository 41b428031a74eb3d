"""The steering page in a real browser."""

from fastapi import FastAPI
from playwright.async_api import expect

from api.services import Services
from tests.api.conftest import CLAIRE
from tests.api.insight_seed import seed
from tests.api.live import barriers, browsing


async def test_a_steerer_reads_the_figures_of_a_hub_and_takes_them_away(services: Services, app: FastAPI) -> None:
    await seed(services, "opened", 30, hour=9)
    await seed(services, "opened", 12, hub="troyes", hour=14)
    await seed(services, "certification_shown", 9, code="RNCP37674", hub="troyes")
    await seed(services, "need", 9, code="M1203", detail="not_near", department="10", hub="troyes")
    async with browsing(app, CLAIRE) as page:
        await page.goto("/pilotage")
        await expect(page.get_by_role("heading", name="Tous vos hubs, septembre 2026 à novembre 2026")).to_be_visible()
        chart = page.get_by_role("img", name="Conversations par hub, en barres.")
        await expect(chart).to_be_visible()
        assert await chart.evaluate("image => image.complete && image.naturalWidth > 100")
        assert await barriers(page) == []
        await page.get_by_label("Hub").select_option("Troyes")
        await page.get_by_role("button", name="Afficher").click()
        await expect(page.get_by_role("heading", name="Troyes, septembre 2026 à novembre 2026")).to_be_focused()
        needs = page.get_by_role("table", name="Besoins sans réponse", exact=True)
        await expect(needs.get_by_role("row").nth(1)).to_contain_text("rien d'assez près")
        async with page.expect_download() as download:
            await page.get_by_role("link", name="Tableur (CSV)").click()
        assert (await download.value).suggested_filename == "pilotage-troyes-2026-09-2026-11.csv"
        for width in (768, 1280):
            await page.set_viewport_size({"width": width, "height": 900})
            assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth")
        await page.get_by_label("Par", exact=True).select_option("trimestres")
        await page.get_by_role("button", name="Afficher").click()
        await expect(page.get_by_role("heading", name="Troyes, 4e trimestre 2026")).to_be_focused()
        await page.get_by_label("Par", exact=True).select_option("mois")
        await page.get_by_label("Hub").select_option("Verdun")
        await page.get_by_label("De", exact=True).select_option("janvier 2026")
        await page.get_by_label("à", exact=True).select_option("mars 2026")
        await page.get_by_role("button", name="Afficher").click()
        await expect(page.get_by_role("status")).to_contain_text("Aucune conversation sur cette période")
