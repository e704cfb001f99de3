"""The work of an edit: one message to the backend's chat, sent once, and an honest account of what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anyio

from nemovideo_mcp.api.capabilities import APPLY_OPERATIONS
from nemovideo_mcp.api.errors import ApiError, BackendFault, Interrupted, NemoError, NoCredits, NotCapable
from nemovideo_mcp.api.events import Heartbeat, Reply, TextEvent, ToolCall, ToolResult
from nemovideo_mcp.api.screen import translate
from nemovideo_mcp.server.ids import mint
from nemovideo_mcp.server.jobs.checking import changed, in_words, language_of, refuse_missing, said_operations, verified
from nemovideo_mcp.server.jobs.runner import Run
from nemovideo_mcp.timeline.diff import diff
from nemovideo_mcp.timeline.operations import BaseOperation
from nemovideo_mcp.timeline.operations.say import say
from nemovideo_mcp.timeline.outline import outline
from nemovideo_mcp.timeline.summary import summarize

if TYPE_CHECKING:
    from nemovideo_mcp.client import NemoVideoClient
    from nemovideo_mcp.server.projects import Project
    from nemovideo_mcp.server.services import Services
    from nemovideo_mcp.timeline.check_words import Report

MANY_IMAGES = 10


class EditRefused(NemoError):
    """Nothing of the edit could be done, and nothing was changed. ``result`` has the clauses."""

    def __init__(self, message: str, next_step: str, result: dict[str, Any]) -> None:
        super().__init__(message, next_step)
        self.result = result


async def run_edit(services: Services, run: Run) -> dict[str, Any]:
    """``params``: ``instruction``, ``operations`` (JSON), ``then`` (tools to call afterwards: ``export``)."""
    await run.tell(0.01, "Connecting…")
    lock = services.editing(run.project)
    if lock.taken():
        await run.tell(message="Waiting for the edit before this one…")
    async with lock:
        client = await services.client()
        project = await services.with_session(await services.projects.by_id(run.project))
        if run.checkpoint.get("sent"):
            # The process that sent the message is gone. It is never sent again: look what it did.
            await run.uncertain("The edit was interrupted; looking at what was done…")
            result = await _recover(services, run, client, project)
        else:
            result = await _send(services, run, client, project)
    await services.projects.touch(project.id)
    await services.announce(f"nemovideo://projects/{project.id}/timeline", f"nemovideo://projects/{project.id}/draft")
    if "export" in run.params.get("then", ()):
        # The id is on disk before the job is: however often this is reached, there is one export.
        then = run.checkpoint.get("then_job") or mint("export")
        await run.save(then_job=then)
        await services.jobs.start("export", project.id, {"format": "mp4", "quality": "high"}, then)
        result["then_job"] = then
    return result


async def _send(services: Services, run: Run, client: NemoVideoClient, project: Project) -> dict[str, Any]:
    assert project.session_id is not None
    text, operations = _message(services, run, project)
    before, canvas = await services.draft(project)
    await refuse_missing(services, run, project, before, canvas)
    credits = await _available(client)
    if credits is not None and credits <= 0:
        raise NoCredits(
            "There are no credits left, so the edit was not sent.", next_step=await _top_up(services, client)
        )
    await run.save(sent=True, draft_before=before, canvas_before=canvas, credits_before=credits)
    run.if_cancelled("Cancelled. The message had been sent: it may still be carried out, and charged. See get_state.")
    await run.tell(0.1, "Sending your instruction…")
    try:
        async with services.kept(project):
            reply = await _chat(run, client, project.session_id, text, operations)
    except NemoError as error:
        if isinstance(error, NoCredits):
            raise NoCredits(str(error), code=error.code, next_step=await _top_up(services, client)) from None
        # A refusal is an answer; whatever else goes wrong may have come after the work.
        unclear = isinstance(error, (Interrupted, BackendFault)) or type(error) is ApiError or error.uncertain
        if not unclear:
            raise
        await run.uncertain(f"{error} Looking at what was done; the message is not sent twice.")
        return await _recover(services, run, client, project, str(error))
    await run.tell(0.95, "Reading the timeline…")
    return await _account(services, run, client, project, reply)


def _message(services: Services, run: Run, project: Project) -> tuple[str, list[dict[str, Any]] | None]:
    """The words and the operations to send: a backend that cannot take operations gets each as one exact sentence.

    Raises:
        NotCapable: an operation needs what such a backend does not know.
    """
    instruction: str = run.params.get("instruction", "")
    operations = said_operations(run, project)
    if not operations:
        return instruction, run.params.get("operations") or None
    if any(_told_by_files(operation) for operation in operations):
        raise NotCapable(
            "This backend does not say when or where photos were taken.",
            "Give the order itself (order_clips) or the words (caption_clips with captions).",
        )
    language = language_of(services, run)
    sentences = [say(operation, language) for operation in operations]
    return ("" if language == "zh" else " ").join([*sentences, instruction]).strip(), None


def _told_by_files(operation: BaseOperation) -> bool:
    """Whether it needs what only the files of the photos tell: when and where they were taken."""
    wants = getattr(operation, "by", None), getattr(operation, "use", None)
    return not {"date", "place", "date_place"}.isdisjoint(wants)


async def _chat(
    run: Run, client: NemoVideoClient, session_id: str, text: str, operations: list[dict[str, Any]] | None
) -> Reply:
    progress = 0.1
    async with client.chat(session_id, text, operations) as stream:
        async for event in stream:
            # Nobody knows how long it takes: every event goes a part of the way that is left.
            progress += (0.9 - progress) * 0.2
            match event:
                case TextEvent(said) if translate(said).text:
                    await run.tell(progress, _short(translate(said).text))
                case ToolCall() | ToolResult():
                    await run.tell(progress, "Editing the timeline…")
                case Heartbeat():
                    run.alive()
                case _:
                    await run.tell(progress)
    return stream.reply


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 160 else line[:159] + "…"


async def _account(
    services: Services, run: Run, client: NemoVideoClient, project: Project, reply: Reply
) -> dict[str, Any]:
    """What came of the edit: the backend's own report where it gives one, else the difference of the drafts."""
    data = reply.result_of(APPLY_OPERATIONS)
    data = data if isinstance(data, dict) else {}
    language = language_of(services, run)
    zh = language == "zh"
    # The backend's own warnings are in its reply; ours are added to it.
    notes: list[str] = []
    checked: Report | None = None
    changes: list[dict[str, Any]] = []
    after: dict[str, Any] | None = None
    canvas: dict[str, Any] | None = None
    try:
        after, canvas = await _state_after(services, run, client, project)
    except NemoError as error:
        # The edit is done, whatever is wrong now: it must not be asked for, and paid for, again.
        unread = (
            "修改已完成，但之后无法读取时间线："
            if zh
            else "The edit is done; the timeline could not be read afterwards: "
        )
        notes.append(f"{unread}{error}")
    else:
        changes = changed(services, run, after, canvas)
        checked = await verified(services, run, project, after, canvas)
        await services.projects.remember(project.id, summarize(outline(after, canvas)))
    spoken = translate(reply.text)
    pool = await services.projects.pool(project.id)
    images = sum(file.kind == "image" for file in pool)
    if images > MANY_IMAGES:
        slow = (
            f"共{images}张图片：十张以内比较快，更多时编辑和导出会久一些。"
            if zh
            else f"{images} images: ten or fewer keep it fast; with more, editing and rendering take longer."
        )
        notes.append(slow)
    if after is not None and not changes and not data and spoken.text:
        notes.append("时间线没有变化。" if zh else "The timeline shows no change.")
    asked = "说“导出”即可得到影片文件。" if zh else "Call export to get the film as a file."
    next_steps = [asked] if "export" in spoken.wants else []
    text = spoken.text or ("" if checked and changes else in_words(changes, language))
    credits_before = run.checkpoint.get("credits_before")
    credits_after = await _still_available(client)
    told = checked.lines if checked else []
    result: dict[str, Any] = {
        "reply": "\n".join(
            [
                *([text] if text else ()),
                *told,
                *(f"{'注意：' if zh else 'Note: '}{note}" for note in notes),
                *next_steps,
            ]
        ).strip(),
        "changes": data.get("changes") or (checked.changes if checked else changes),
        "not_understood": data.get("not_understood") or (checked.not_done if checked else []),
        "warnings": [*(data.get("warnings") or ()), *(checked.warnings if checked else ()), *notes],
        "summary": summarize(outline(after, canvas), language) if after is not None else None,
        **receipt(credits_before, credits_after),
    }
    if data.get("applied") is False:
        nothing = "没有任何改动。" if zh else "Nothing of this could be done. Nothing was changed."
        raise EditRefused(text or nothing, "", result)
    if not text and not changes:
        silent = (
            "后端没有任何回复，时间线也没有变化。"
            if zh
            else "The backend finished without a word, and the timeline is as it was."
        )
        result["reply"] = "\n".join([silent, *told])
        raise EditRefused(
            result["reply"],
            _charged(credits_before, credits_after) + "Say it in other words, or more exactly.",
            result,
        )
    return result


async def _state_after(
    services: Services, run: Run, client: NemoVideoClient, project: Project
) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """The state after an edit. Where operations were said and nothing has changed, a second look a while later: a state that
    is late must not lead anybody to ask, and pay, for the same again."""
    state = await _state(client, project)
    if said_operations(run, project) and not changed(services, run, *state):
        await run.tell(message="Nothing to be seen of it yet; looking again…")
        await anyio.sleep(services.options.recover_first_seconds)
        state = await _state(client, project)
    return state


async def _recover(
    services: Services, run: Run, client: NemoVideoClient, project: Project, why: str = ""
) -> dict[str, Any]:
    """After a broken stream: look at the state until it shows what was done, or until it is plain that nothing was.

    Raises:
        Interrupted: nothing has changed after the last look.
    """
    options = services.options
    seen = False
    for look in range(options.recover_looks):
        await anyio.sleep(options.recover_first_seconds if look == 0 else options.recover_every_seconds)
        try:
            after, canvas = await _state(client, project)
        except NemoError as error:
            # What broke the stream may still be broken.
            await run.tell(message=f"{error} Looking again ({look + 1} of {options.recover_looks})…")
            continue
        seen = True
        if changes := changed(services, run, after, canvas):
            note = f"The edit broke off; check that all of it is there. {why}".strip()
            checked = await verified(services, run, project, after, canvas)
            told = checked.lines if checked else [in_words(changes)]
            return {
                "reply": "\n".join(
                    ["The connection broke, but the edit was done: " + told[0], *told[1:], f"Note: {note}"]
                ),
                "changes": checked.changes if checked else changes,
                "not_understood": checked.not_done if checked else [],
                "warnings": [*(checked.warnings if checked else ()), note],
                "summary": summarize(outline(after, canvas), language_of(services, run)),
                **receipt(run.checkpoint.get("credits_before"), await _still_available(client)),
            }
        await run.tell(message=f"Nothing has changed yet; looking again ({look + 1} of {options.recover_looks})…")
    credits = _charged(run.checkpoint.get("credits_before"), await _still_available(client))
    found = "nothing has changed since" if seen else "what has become of it could not be seen"
    raise Interrupted(
        f"The connection broke during the edit, and {found}. The message was not sent again; it may or may not have been "
        f"charged. {credits}{why}".strip(),
        "Look at get_state, then repeat the edit if the change is not there.",
    )


async def _state(client: NemoVideoClient, project: Project) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """The draft and the canvas as they are now, with the errors as they come."""
    assert project.session_id is not None
    state = (await client.state(project.session_id)).state
    return state.draft, state.canvas_config


async def changed_since(services: Services, project: Project, job: str) -> tuple[str, ...]:
    """What an edit job that broke off has changed after all, by the timeline as it is now."""
    before = (await services.journal.get(job)).checkpoint.get("draft_before")
    after, _ = await services.draft(project)
    return diff(before, after) if after is not None else ()


def receipt(before: float | None, after: float | None) -> dict[str, float | None]:
    """What an edit cost. None where there is no limit; running work of others may be in it."""
    spent = None if before is None or after is None else round(before - after, 6)
    return {"credits_before": before, "credits_after": after, "credits_spent": spent}


def _charged(before: float | None, after: float | None) -> str:
    return f"Credits before: {before:g}, now: {after:g}. " if before is not None and after is not None else ""


async def _available(client: NemoVideoClient) -> float | None:
    """Credits left, None where there is no limit."""
    credits = await client.credits()
    return None if credits.unlimited else credits.available


async def _still_available(client: NemoVideoClient) -> float | None:
    """Credits left after an edit; None also when they cannot be read: that is no reason to call the edit failed."""
    try:
        return await _available(client)
    except NemoError:
        return None


async def _top_up(services: Services, client: NemoVideoClient) -> str:
    """What to do when the credits have run out."""
    user, web = client.user_id, services.options.web_url
    if web is None:
        return "Start the studio with more credits."
    return f"Register for more: {web}/register?bind={user}" if user else f"Top up at {web}."
