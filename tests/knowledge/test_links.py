"""Addresses are asked for real, on a local site."""

import time

import httpx

from knowledge.links import check
from tests.pages_server import pages


def test_each_is_asked_once_and_pages_that_turn_robots_away_are_there() -> None:
    ends = ("there", "robots", "gone", "short", "there")
    with pages() as site, httpx.Client(trust_env=False) as client:
        found = list(check([f"{site}/{end}" for end in ends], client, pause=0))
    assert [(one.url.rsplit("/", 1)[-1], one.is_there, one.said) for one in found] == [
        ("there", True, "200"),
        ("robots", True, "403"),
        ("gone", False, "404"),
        ("short", True, "200"),
    ]


def test_a_site_that_does_not_answer_is_told() -> None:
    with pages() as site:
        pass
    with httpx.Client(trust_env=False) as client:
        (found,) = check([f"{site}/there"], client)
    assert (found.is_there, found.said) == (False, "ConnectError")


def test_the_same_site_is_left_in_peace_between_two_questions() -> None:
    with pages() as site, httpx.Client(trust_env=False) as client:
        begun = time.monotonic()
        list(check([f"{site}/{n}/there" for n in range(3)], client, pause=0.1))
    assert time.monotonic() - begun >= 0.2
