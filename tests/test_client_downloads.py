"""Downloads that break off: continued where the server can, within a call and across processes, and checked at the end."""

import base64
import errno
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread
import pytest

from nemovideo_mcp.api import errors
from nemovideo_mcp.client import Download, discard_partial
from support.clients import client_of
from support.filmhost import FILM, FilmHost

pytestmark = pytest.mark.anyio

HALF = len(FILM) // 2
OTHER = FILM[::-1]


@pytest.fixture
async def host() -> AsyncIterator[FilmHost]:
    async with FilmHost().listening() as host:
        yield host


async def fetch(host: FilmHost, target: Path, url: str | None = None, render: str = "r1", **more: Any) -> Download:
    async with client_of(url=host.url) as client:
        return await client.download(url, render, target, **more)


async def broken(host: FilmHost, target: Path, *, cut: int = HALF, keep: bool = True) -> None:
    """A call that gets as far as ``cut`` and leaves that behind."""
    host.cuts = [cut, 0, 0, 0]
    with pytest.raises(errors.Unreachable):
        await fetch(host, target, keep_partial=keep)
    host.asked.clear()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# Within a call --------------------------------------------------------------------------------------------------------


async def test_a_connection_that_breaks_is_continued_where_it_broke(host: FilmHost, tmp_path: Path) -> None:
    host.cuts = [1_000_000, 500_000]
    totals: list[int] = []
    saved = await fetch(host, tmp_path / "film.mp4", on_bytes=totals.append)
    assert host.begins == [None, "bytes=1000000-", "bytes=1500000-"]
    assert [asked.get("if-range") for asked in host.asked] == [None, '"v1"', '"v1"']
    assert (saved.size_bytes, saved.path.read_bytes()) == (len(FILM), FILM)
    assert saved.path.read_bytes() == FILM
    assert saved.resumed_bytes == 1_500_000
    assert totals == sorted(totals)
    assert names(tmp_path) == ["film.mp4"]


async def test_tries_are_bounded_and_the_error_says_how_far_it_came(host: FilmHost, tmp_path: Path) -> None:
    host.cuts = [1_000_000, 0, 0, 0, 0]
    with pytest.raises(errors.Unreachable, match="after 1,000,000 of 3,012,000 bytes"):
        await fetch(host, tmp_path / "film.mp4")
    assert len(host.asked) == 4
    assert names(tmp_path) == []


@pytest.mark.parametrize("etag", ['W/"v1"', None])
async def test_without_a_strong_etag_the_length_and_the_source_have_to_do(
    host: FilmHost, tmp_path: Path, etag: str | None
) -> None:
    host.etag, host.cuts = etag, [HALF]
    assert (await fetch(host, tmp_path / "film.mp4")).path.read_bytes() == FILM
    assert host.begins == [None, f"bytes={HALF}-"]


async def test_a_server_without_ranges_is_asked_for_the_whole_again(host: FilmHost, tmp_path: Path) -> None:
    host.ranges, host.cuts = False, [HALF]
    saved = await fetch(host, tmp_path / "film.mp4")
    assert (saved.path.read_bytes(), saved.resumed_bytes) == (FILM, 0)


async def test_a_body_without_a_length_is_never_continued(host: FilmHost, tmp_path: Path) -> None:
    # A size that is no number breaks it off inside the first chunk's end.
    chunked = b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\nzz\r\n"
    host.answers = [chunked]
    assert (await fetch(host, tmp_path / "film.mp4")).path.read_bytes() == FILM
    assert host.begins == [None, None]


# Not the same file any more -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("heeds", [True, False], ids=["If-Range heeded", "If-Range ignored"])
async def test_a_file_that_changed_meanwhile_is_fetched_from_its_beginning(
    host: FilmHost, tmp_path: Path, heeds: bool
) -> None:
    await broken(host, tmp_path / "film.mp4")
    host.content, host.etag, host.heeds_if_range = OTHER, '"v2"', heeds
    saved = await fetch(host, tmp_path / "film.mp4")
    assert saved.path.read_bytes() == OTHER
    assert saved.resumed_bytes == 0


@pytest.mark.parametrize(
    "lies",
    [
        {"Content-Range": f"bytes {HALF}-{len(FILM)}/{len(FILM) + 1}"},
        {"Content-Range": f"bytes {HALF + 1}-{len(FILM) - 1}/{len(FILM)}"},
        {"Content-Range": "nonsense"},
    ],
    ids=["another length", "another place", "nonsense"],
)
async def test_a_part_that_does_not_fit_is_never_put_behind_the_beginning(
    host: FilmHost, tmp_path: Path, lies: dict[str, str]
) -> None:
    await broken(host, tmp_path / "film.mp4")
    host.lies = lies
    assert (await fetch(host, tmp_path / "film.mp4")).path.read_bytes() == FILM
    assert host.begins == [f"bytes={HALF}-", None]


async def test_a_beginning_of_another_render_is_dropped(host: FilmHost, tmp_path: Path) -> None:
    await broken(host, tmp_path / "film.mp4")
    saved = await fetch(host, tmp_path / "film.mp4", render="r2")
    assert host.begins == [None]
    assert saved.path.read_bytes() == FILM


async def test_without_a_validator_a_beginning_is_not_continued_from_another_source(
    host: FilmHost, tmp_path: Path
) -> None:
    host.etag = None
    await broken(host, tmp_path / "film.mp4")
    assert (await fetch(host, tmp_path / "film.mp4", url="/elsewhere.mp4")).path.read_bytes() == FILM
    assert host.begins == [None]


async def test_a_date_that_changed_means_another_file(host: FilmHost, tmp_path: Path) -> None:
    host.etag, host.modified = None, "Mon, 01 Jan 2024 00:00:00 GMT"
    await broken(host, tmp_path / "film.mp4")
    host.modified, host.content, host.heeds_if_range = "Tue, 02 Jan 2024 00:00:00 GMT", OTHER, False
    assert (await fetch(host, tmp_path / "film.mp4")).path.read_bytes() == OTHER


# Across calls and processes -------------------------------------------------------------------------------------------


async def test_the_next_call_goes_on_with_what_was_kept(host: FilmHost, tmp_path: Path) -> None:
    await broken(host, tmp_path / ".job.part.mp4")
    assert names(tmp_path) == [".job.part.mp4.part", ".job.part.mp4.part.json"]
    assert host.url not in (tmp_path / ".job.part.mp4.part.json").read_text()
    saved = await fetch(host, tmp_path / ".job.part.mp4")
    assert host.begins == [f"bytes={HALF}-"]
    assert (saved.path.read_bytes(), saved.resumed_bytes) == (FILM, HALF)
    assert names(tmp_path) == [".job.part.mp4"]


async def test_a_file_that_was_whole_already_is_only_given_its_name(host: FilmHost, tmp_path: Path) -> None:
    await broken(host, tmp_path / "film.mp4")
    (tmp_path / ".film.mp4.part").write_bytes(FILM)
    saved = await fetch(host, tmp_path / "film.mp4")
    assert host.begins == [f"bytes={len(FILM)}-"]
    assert saved.path.read_bytes() == FILM
    assert names(tmp_path) == ["film.mp4"]


async def test_a_whole_file_that_has_another_length_over_there_comes_again(host: FilmHost, tmp_path: Path) -> None:
    await broken(host, tmp_path / "film.mp4")
    (tmp_path / ".film.mp4.part").write_bytes(FILM)
    host.content, host.heeds_if_range = FILM[:1000], False
    assert (await fetch(host, tmp_path / "film.mp4")).path.read_bytes() == FILM[:1000]


@pytest.mark.parametrize("sidecar", [b"", b"{", b"[]", b'{"render_id": 1}', b'{"render_id": "r1", "x": 2}', b"\xff"])
async def test_a_beginning_that_nobody_can_tell_is_dropped(host: FilmHost, tmp_path: Path, sidecar: bytes) -> None:
    (tmp_path / ".film.mp4.part").write_bytes(b"?" * 5000)
    (tmp_path / ".film.mp4.part.json").write_bytes(sidecar)
    assert (await fetch(host, tmp_path / "film.mp4")).path.read_bytes() == FILM
    assert names(tmp_path) == ["film.mp4"]


@pytest.mark.parametrize("keep", [True, False])
async def test_a_cancelled_download_is_kept_only_where_asked(host: FilmHost, tmp_path: Path, keep: bool) -> None:
    with anyio.CancelScope() as scope:
        await fetch(
            host, tmp_path / "film.mp4", keep_partial=keep, on_bytes=lambda size: scope.cancel() if size else None
        )
    assert scope.cancelled_caught
    assert bool(names(tmp_path)) is keep
    assert (await fetch(host, tmp_path / "film.mp4")).path.read_bytes() == FILM
    assert names(tmp_path) == ["film.mp4"]


async def test_what_was_kept_can_be_removed_unless_a_download_is_at_it(host: FilmHost, tmp_path: Path) -> None:
    target = tmp_path / "film.mp4"
    discard_partial(target)
    await broken(host, target)

    def remove(size: int) -> None:
        discard_partial(target)
        assert ".film.mp4.part" in names(tmp_path)

    host.cuts = [1000, 0, 0, 0]
    with pytest.raises(errors.Unreachable):
        await fetch(host, target, keep_partial=True, on_bytes=remove)
    discard_partial(target)
    assert names(tmp_path) == []


KILLED = textwrap.dedent(
    """
    import sys, anyio
    from pathlib import Path
    from nemovideo_mcp.client import Attribution, FixedToken, NemoVideoClient

    async def main(url, target):
        async with NemoVideoClient(base_url=url, tokens=FixedToken("t"), attribution=Attribution("1")) as client:
            await client.download(None, "r1", target, lambda size: print(size, flush=True))

    anyio.run(main, sys.argv[1], Path(sys.argv[2]))
    """
)


async def test_a_killed_process_leaves_what_the_next_one_continues(host: FilmHost, tmp_path: Path) -> None:
    host.lies = {"Content-Length": str(len(FILM))}
    host.content = FILM[:HALF]  # Keeps the process waiting for the other half.
    command = [sys.executable, "-c", KILLED, host.url, str(tmp_path / "film.mp4")]

    def until_something_is_written() -> None:
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            while (line := process.stdout.readline()) and int(line) == 0:
                pass
            assert line
            process.send_signal(signal.SIGKILL)

    await anyio.to_thread.run_sync(until_something_is_written)
    here = (tmp_path / ".film.mp4.part").stat().st_size
    assert here > 0
    host.content, host.lies = FILM, {}
    saved = await fetch(host, tmp_path / "film.mp4")
    assert host.begins == [None, f"bytes={here}-"]
    assert saved.path.read_bytes() == FILM
    assert names(tmp_path) == ["film.mp4"]


async def test_a_death_between_the_two_steps_of_publishing_spoils_no_film(host: FilmHost, tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"a finished film")
    (tmp_path / ".film.mp4.part").hardlink_to(tmp_path / "film.mp4")
    saved = await fetch(host, tmp_path / "film.mp4")
    assert saved.path.name == "film (2).mp4"
    assert (tmp_path / "film.mp4").read_bytes() == b"a finished film"
    assert names(tmp_path) == ["film (2).mp4", "film.mp4"]


async def test_a_link_in_the_place_of_the_hidden_name_is_not_followed(host: FilmHost, tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"mine")
    (tmp_path / ".film.mp4.part").symlink_to(tmp_path / "precious")
    with pytest.raises(errors.BadInput):
        await fetch(host, tmp_path / "film.mp4")
    assert (tmp_path / "precious").read_bytes() == b"mine"


# Checks ---------------------------------------------------------------------------------------------------------------


def digests(content: bytes) -> list[dict[str, str]]:
    raw = hashlib.sha256(content).digest()
    encoded = base64.b64encode(raw).decode()
    return [
        {"Repr-Digest": f"sha-512=:AAAA:, sha-256=:{encoded}:"},
        {"Content-Digest": f"sha-256=:{encoded}:"},
        {"Digest": f"SHA-256={encoded}"},
        {"x-amz-checksum-sha256": encoded},
        {"ETag": f'"sha256:{raw.hex()}"'},
    ]


@pytest.mark.parametrize("header", digests(FILM), ids=lambda header: next(iter(header)))
async def test_a_checksum_that_fits_is_no_trouble_also_after_a_break(
    host: FilmHost, tmp_path: Path, header: dict[str, str]
) -> None:
    host.lies, host.cuts = header, [HALF]
    host.heeds_if_range = False
    assert (await fetch(host, tmp_path / "film.mp4")).path.read_bytes() == FILM


@pytest.mark.parametrize("header", digests(OTHER), ids=lambda header: next(iter(header)))
async def test_a_film_that_does_not_have_its_checksum_is_fetched_anew_and_then_refused(
    host: FilmHost, tmp_path: Path, header: dict[str, str]
) -> None:
    host.lies = header
    with pytest.raises(errors.Unreachable, match="damaged"):
        await fetch(host, tmp_path / "film.mp4", keep_partial=True)
    assert host.begins == [None] * 4
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    "header",
    [
        {"ETag": f'"{hashlib.sha256(OTHER).hexdigest()}"'},
        {"x-amz-checksum-sha256": base64.b64encode(hashlib.sha256(OTHER).digest()).decode() + "-3"},
        {"Repr-Digest": "sha-256=:AAAA:"},
    ],
)
async def test_what_only_looks_like_a_checksum_is_none(host: FilmHost, tmp_path: Path, header: dict[str, str]) -> None:
    host.lies = header
    assert (await fetch(host, tmp_path / "film.mp4")).path.read_bytes() == FILM


async def test_a_disk_that_is_too_small_is_said_before_the_first_byte(
    host: FilmHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = shutil.disk_usage
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usual(path)._replace(free=1_012_000))
    totals: list[int] = []
    with pytest.raises(errors.BadInput, match=r"has 3\.0 MB.*lacks 2\.0 MB"):
        await fetch(host, tmp_path / "film.mp4", url="/film.mp4", on_bytes=totals.append)
    assert totals == []
    assert len(host.asked) == 1
    assert names(tmp_path) == []


async def test_only_what_is_missing_needs_room(host: FilmHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await broken(host, tmp_path / "film.mp4")
    usual = shutil.disk_usage
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usual(path)._replace(free=HALF))
    assert (await fetch(host, tmp_path / "film.mp4")).size_bytes == len(FILM)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
async def test_a_disk_that_fills_up_on_the_way_is_said_and_nothing_is_left(
    host: FilmHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    usual, written = os.write, 0

    def write(fd: int, data: Any) -> int:
        nonlocal written
        if len(data) < 1000:
            return usual(fd, data)  # The event loop's own.
        written += len(data)
        if written > 1_000_000:
            raise OSError(code, os.strerror(code))
        return usual(fd, data)

    monkeypatch.setattr(os, "write", write)
    with pytest.raises(errors.BadInput, match="is full"):
        await fetch(host, tmp_path / "film.mp4")
    assert names(tmp_path) == []


# Sources --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "times"), [("403 No", 1), ("404 Gone", 1), ("410 Gone", 1), ("500 Oh", 2), ("503 Busy", 4)]
)
async def test_a_dead_link_leads_to_the_download_route_after_its_repetitions(
    host: FilmHost, tmp_path: Path, status: str, times: int
) -> None:
    host.answers = [f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode()] * times
    assert (await fetch(host, tmp_path / "film.mp4", url="/film.mp4")).path.read_bytes() == FILM
    assert [asked["path"] for asked in host.asked] == ["/film.mp4"] * times + ["/api/render/proxy/r1/download"]


async def test_a_link_that_breaks_again_and_again_is_continued_by_the_download_route(
    host: FilmHost, tmp_path: Path
) -> None:
    host.cuts = [HALF, 0, 0, 0]
    saved = await fetch(host, tmp_path / "film.mp4", url="/film.mp4")
    assert saved.path.read_bytes() == FILM
    assert (host.asked[-1]["path"], host.begins[-1]) == ("/api/render/proxy/r1/download", f"bytes={HALF}-")
