"""What a person decides is asked where the host can ask, in both eras, and put into words where it cannot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mcp.client import ClientSession
from mcp_types import ElicitRequestParams, ElicitResult
from starlette.responses import JSONResponse

from support.backend import Backend, error
from support.clouds import AFTER, BEFORE, cloud
from support.hosts import draw, in_memory, over
from support.sockets import serving
from support.taskhost import TaskHost, ask

pytestmark = pytest.mark.anyio

Answer = Callable[[ElicitRequestParams], ElicitResult]


class Person:
    """Answers every question in the same way, and remembers them."""

    def __init__(self, action: Any, **content: Any) -> None:
        self.action, self.content = action, content
        self.asked: list[ElicitRequestParams] = []

    async def __call__(self, context: object, params: ElicitRequestParams) -> ElicitResult:
        self.asked.append(params)
        return ElicitResult(action=self.action, content=self.content if self.action == "accept" else None)


@pytest.fixture(params=["legacy", "2026-07-28"])
def era(request: pytest.FixtureRequest) -> str:
    mode: str = request.param
    return mode


def hosted(era: str, person: Person) -> dict[str, Any]:
    return {"mode": era, "elicitation_callback": person}


async def test_a_name_that_fits_several_projects_is_asked_about(tmp_path: Path, era: str) -> None:
    person = Person("accept")
    async with in_memory(tmp_path, hosted=hosted(era, person)) as host:
        for name in ("Summer 2025", "Summer 2026", "Winter"):
            made = await host.call("projects", action="create", name=name)
            if name == "Summer 2025":
                person.content = {"project": made["project"]["id"]}
        assert (await host.call("get_state", project="summer"))["project"]["name"] == "Summer 2025"
        assert (await host.call("get_state", project="Summer 2026"))["project"]["name"] == "Summer 2026"
        assert 'no project "spring"' in await host.fail("get_state", project="spring")
    (asked,) = person.asked
    assert asked.message == 'Several projects fit "summer". Which one is meant?'
    offered = asked.requested_schema["properties"]["project"]["oneOf"]  # type: ignore[union-attr]
    assert [option["title"] for option in offered] == ["Summer 2026", "Summer 2025"]


async def test_a_host_that_cannot_ask_gets_the_projects_that_fit(tmp_path: Path) -> None:
    async with in_memory(tmp_path) as host:
        for name in ("Summer 2025", "Summer 2026"):
            await host.call("projects", action="create", name=name)
        text = await host.fail("edit", project="summer", instruction="30 seconds")
    assert '"Summer 2026" (film_' in text
    assert "name one by its id" in text


@pytest.mark.parametrize("person", [Person("decline"), Person("cancel"), Person("accept", sure=False)])
async def test_a_project_stays_when_its_user_does_not_want_it_gone(tmp_path: Path, era: str, person: Person) -> None:
    person.asked.clear()
    async with in_memory(tmp_path, hosted=hosted(era, person)) as host:
        await host.call("upload_images", paths=draw(tmp_path / "photos", "red", "green"))
        assert "did not agree" in await host.fail("projects", action="delete", name="Film 1")
        assert len((await host.call("projects"))["projects"]) == 1
    (asked,) = person.asked
    assert asked.message == 'Delete "Film 1" with its 2 files and its timeline for good? Exported films stay.'


async def test_a_project_goes_when_its_user_agrees_or_nobody_can_be_asked(tmp_path: Path, era: str) -> None:
    for options in (hosted(era, Person("accept", sure=True)), {"mode": era}):
        async with in_memory(tmp_path, hosted=options) as host:
            await host.call("projects", action="create", name="Old")
            assert (await host.call("projects", action="delete", name="Old"))["projects"] == []


def costly(*available: int) -> Backend:
    """A cloud whose edits cost credits: what is left at each look."""
    backend = cloud(*[BEFORE, AFTER] * 4)
    left = [JSONResponse({"code": 0, "data": {"available": n, "frozen": 0, "total": 100}}) for n in available]
    backend.script("GET /api/credits/balance/simple", *left)
    return backend


async def test_the_user_is_asked_when_a_project_has_spent_what_they_set_and_after_as_much_again(
    tmp_path: Path, era: str
) -> None:
    person = Person("accept", sure=True)
    backend = costly(100, 60, 60, 30, 30, 20, 20)
    with serving(backend.app) as url:
        options = {"backend": "cloud", "ask_spent": 40}
        async with in_memory(tmp_path, over(url), hosted=hosted(era, person), **options) as host:
            for spent, questions in ((40, 0), (30, 1), (10, 1)):
                answer = await host.call("edit", instruction="a film")
                assert (answer["credits_spent"], len(person.asked)) == (spent, questions)
            person.action = "decline"
            assert "did not agree" in await host.fail("edit", instruction="a film")
            # What costs nothing is not asked about.
            await host.call("edit", instruction="show tracks")
    assert [asked.message for asked in person.asked] == [
        "This project has spent 40 credits. Go on with this edit?",
        "This project has spent 80 credits. Go on with this edit?",
    ]
    assert len(backend.asked("/run_sse")) == 3


async def test_a_host_that_cannot_ask_says_the_same_again_when_the_user_has_agreed(tmp_path: Path) -> None:
    backend = costly(30, 30, 30, 25, 25, 25, 20)
    with serving(backend.app) as url:
        async with in_memory(tmp_path, over(url), backend="cloud", ask_below=50) as host:
            text = await host.fail("edit", instruction="a film")
            assert "30 credits are left. So the edit was not sent." in text
            assert "the same words" in text
            assert backend.asked("/run_sse") == []
            await host.call("edit", instruction="a film")
            # It was agreed to; while credits stay low it is not asked again.
            await host.call("edit", instruction="another film")
    assert len(backend.asked("/run_sse")) == 2


@pytest.mark.parametrize("sure", [True, False])
async def test_a_batch_asks_through_its_task_while_it_works(tmp_path: Path, sure: bool) -> None:
    asked: list[dict[str, Any]] = []

    class Answering(TaskHost):
        async def told(self, session: ClientSession, task: dict[str, Any]) -> None:
            for key, request in task.get("inputRequests", {}).items():
                asked.append(request)
                # What was not asked is passed over.
                answers = {key: {"action": "accept", "content": {"sure": sure}}, "other": {"action": "cancel"}}
                assert await ask(session, "tasks/update", task["taskId"], input_responses=answers) == {
                    "resultType": "complete"
                }

    draw(tmp_path / "photos", "red")
    items = [{"media": [str(tmp_path / "photos")], "instruction": "a film", "name": "One"}]
    options = {"extensions": [Answering()], "elicitation_callback": Person("decline")}
    backend = costly(*[30] * 8)
    backend.script("POST /api/render/proxy/lambda", error(402, status=402))
    with serving(backend.app) as url:
        async with in_memory(tmp_path, over(url), hosted=options, backend="cloud", ask_below=50) as host:
            answer = await host.call_any("batch", items=items)
    assert [request["params"]["message"] for request in asked] == ["30 credits are left. Go on with the batch?"]
    assert len(backend.asked("/run_sse")) == (1 if sure else 0)
    if not sure:
        assert "did not agree" in answer["items"][0]["error"]
