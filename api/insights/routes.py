"""HTTP of the figures, for those who steer: the same as JSON, as files and as charts."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import Response

from api.database import ServicesDep
from api.insights.report import chart_of, csv_of, pdf_of
from api.insights.schemas import Insights
from api.insights.service import InsightsDep
from knowledge.errors import NotFound

router = APIRouter(prefix="/api/insights")


@router.get("")
async def read(found: InsightsDep) -> Insights:
    """The figures of the steerer's hubs."""
    return found


@router.get("/figures.csv")
async def as_csv(found: InsightsDep) -> Response:
    """The figures for a spreadsheet."""
    return _file(csv_of(found), "text/csv; charset=utf-8", found, "csv")


@router.get("/figures.pdf")
async def as_pdf(found: InsightsDep, services: ServicesDep) -> Response:
    """The figures to print or to send."""
    made = await asyncio.to_thread(pdf_of, found, services.clock.now())
    return _file(made, "application/pdf", found, "pdf")


@router.get("/charts/{table}.svg")
async def as_chart(found: InsightsDep, table: Annotated[str, Path(max_length=40)]) -> Response:
    """A table drawn as bars. Raises NotFound where there is nothing to draw."""
    shown = next((one for one in found.tables if one.id == table), None)
    if shown is None or not shown.rows:
        raise NotFound
    return Response(await asyncio.to_thread(chart_of, shown), media_type="image/svg+xml")


def _file(content: bytes, kind: str, found: Insights, ending: str) -> Response:
    day = "%Y-%m-%d" if found.period.by == "week" else "%Y-%m"
    name = f"pilotage-{found.hub or 'hubs'}-{found.period.start:{day}}-{found.period.end:{day}}.{ending}"
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
