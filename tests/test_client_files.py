"""Uploads from the disk and downloads to it: streamed, whole, never over another file, and no secret to a stranger."""

import asyncio
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import anyio
import httpx
import pytest
from starlette.responses import JSONResponse, RedirectResponse, Response

from nemovideo_mcp.api import errors
from nemovideo_mcp.client import FilePart
from support.backend import FILM, Backend, Seen, error
from support.clients import client_of
from support.sockets import saying, serving

pytestmark = pytest.mark.anyio

OURS = {"authorization", "x-skill-source", "x-skill-version", "x-skill-platform"}


@pytest.fixture
def backend() -> Backend:
    return Backend()


def secrets_of(seen: Seen) -> set[str]:
    return OURS & set(seen.headers)


# Up -------------------------------------------------------------------------------------------------------------------


async def test_files_arrive_with_their_names_and_types(backend: Backend, tmp_path: Path) -> None:
    names = {
        "日落 – été.JPG": "image/jpeg",
        'a "quoted" name.png': "image/png",
        "clip.mov": "video/quicktime",
        "song.m4a": "audio/mp4",
        "photo.heic": "image/heic",
        "empty": "application/octet-stream",
    }
    paths = []
    for number, name in enumerate(names):
        paths.append(tmp_path / name)
        paths[-1].write_bytes(bytes([number]) * (0 if name == "empty" else 70_000))
    totals: list[int] = []
    async with client_of(backend) as client:
        upload = await client.upload_files("s1", paths, totals.append)
    assert [(name.replace("%22", '"'), mime) for name, mime, _ in backend.uploaded] == list(names.items())
    assert [content for _, _, content in backend.uploaded] == [path.read_bytes() for path in paths]
    assert [file.filename for file in upload.files] == [name for name, _, _ in backend.uploaded]
    assert totals == sorted(totals)
    assert totals[-1] == 5 * 70_000


async def test_a_file_can_go_under_another_name_and_type(backend: Backend, tmp_path: Path) -> None:
    path = tmp_path / "tmp123"
    path.write_bytes(b"converted")
    async with client_of(backend) as client:
        await client.upload_files("s1", [FilePart(path, "beach.jpg"), FilePart(path, mime="image/png")])
    assert backend.uploaded == [("beach.jpg", "image/jpeg", b"converted"), ("tmp123", "image/png", b"converted")]


async def test_an_upload_can_be_said_again_from_the_beginning(backend: Backend, tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"a photo")
    totals: list[int] = []
    backend.script("POST /api/upload-video/nemo_agent/me/s1", error(429))
    async with client_of(backend) as client:
        await client.upload_files("s1", [path], totals.append)
    assert [content for _, _, content in backend.uploaded] == [b"a photo"]
    assert totals == [0, 7, 0, 7]


async def test_files_that_cannot_be_read_are_named_and_nothing_is_sent(backend: Backend, tmp_path: Path) -> None:
    async with client_of(backend) as client:
        for paths, says in (([], "No file"), ([tmp_path / "gone.jpg"], "gone.jpg"), ([tmp_path], tmp_path.name)):
            with pytest.raises(errors.BadInput, match=says):
                await client.upload_files("s1", paths)
    assert backend.seen == []


async def test_a_file_that_shrinks_on_the_way_is_said_so(backend: Backend, tmp_path: Path) -> None:
    path = tmp_path / "a.mov"
    path.write_bytes(bytes(12 * 1024 * 1024))

    def shrink(total: int) -> None:
        if total:
            path.write_bytes(b"")

    with serving(backend.app) as url:
        async with client_of(url=url) as client:
            with pytest.raises(errors.BadInput, match="shorter"):
                await client.upload_files("s1", [path], shrink)


async def test_a_file_whose_request_breaks_before_its_end_is_sent_again_and_one_that_was_whole_is_not(
    tmp_path: Path,
) -> None:
    large, small = tmp_path / "large.mp4", tmp_path / "small.jpg"
    large.write_bytes(bytes(40_000_000))
    small.write_bytes(bytes(1000))
    requests = 0

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal requests
        requests += 1
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        if length < 10_000 or requests == 1:
            # The small one has been handed over whole by now; of the large one only a part can have been.
            await reader.readexactly(min(length, 100_000))
            writer.transport.abort()
            return
        await reader.readexactly(length)
        body = b'{"code": 0, "data": {"files": [{"filename": "large.mp4", "file_type": "video"}]}}'
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        )
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0, limit=2**20)
    async with server, client_of(url=f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}") as client:
        assert [file.filename for file in (await client.upload_files("s1", [large])).files] == ["large.mp4"]
        assert requests == 2
        with pytest.raises(errors.Unreachable):
            await client.upload_files("s1", [small])
        assert requests == 3


# Down -----------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hosts() -> Iterator[tuple[Backend, str, Backend, str]]:
    """The API, and another origin."""
    api, other = Backend(), Backend()
    with serving(api.app) as url, serving(other.app) as elsewhere:
        yield api, url, other, elsewhere


@pytest.fixture
def pair(hosts: tuple[Backend, str, Backend, str]) -> tuple[Backend, str, Backend, str]:
    hosts[0].seen.clear()
    hosts[2].seen.clear()
    return hosts


async def test_a_film_is_saved_whole_and_its_folder_is_made(backend: Backend, tmp_path: Path) -> None:
    target = tmp_path / "new" / "film.mp4"
    totals: list[int] = []
    async with client_of(backend) as client:
        saved = await client.download(None, "r1", target, totals.append)
    assert (saved.path, saved.size_bytes) == (target, len(FILM))
    assert target.read_bytes() == FILM
    assert target.read_bytes() == FILM
    assert totals[-1] == len(FILM)
    assert [path.name for path in target.parent.iterdir()] == ["film.mp4"]


async def test_nothing_is_overwritten_even_by_downloads_at_the_same_time(backend: Backend, tmp_path: Path) -> None:
    target = tmp_path / "film.mp4"
    target.write_bytes(b"mine")
    async with client_of(backend) as client, anyio.create_task_group() as tasks:
        for _ in range(3):
            tasks.start_soon(client.download, None, "r1", target)
    assert target.read_bytes() == b"mine"
    names = ["film (2).mp4", "film (3).mp4", "film (4).mp4", "film.mp4"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    assert all((tmp_path / name).read_bytes() == FILM for name in names[:3])


async def test_nothing_is_overwritten_where_there_are_no_hard_links(
    backend: Backend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    (tmp_path / "film.mp4").write_bytes(b"mine")
    async with client_of(backend) as client:
        saved = await client.download(None, "r1", tmp_path / "film.mp4")
    assert saved.path.name == "film (2).mp4"
    assert (tmp_path / "film.mp4").read_bytes() == b"mine"
    assert len(list(tmp_path.iterdir())) == 2


async def test_the_token_and_the_attribution_stay_at_home(
    pair: tuple[Backend, str, Backend, str], tmp_path: Path
) -> None:
    api, url, other, elsewhere = pair
    async with client_of(url=url) as client:
        await client.download(f"{elsewhere}/bytes/1000?sig=1", "r1", tmp_path / "a.mp4")
        await client.download("/bytes/1000", "r1", tmp_path / "b.mp4")
        await client.download(f"{url}/bytes/1000", "r1", tmp_path / "c.mp4")
        await client.download("bytes/1000", "r1", tmp_path / "d.mp4")
        await client.download(f"//{elsewhere.partition('//')[2]}/bytes/1000", "r1", tmp_path / "e.mp4")
    assert [secrets_of(seen) for seen in other.seen] == [set(), set()]
    assert [secrets_of(seen) for seen in api.seen] == [OURS, OURS, OURS]


async def test_a_redirect_takes_no_secret_to_another_origin_and_has_them_again_at_home(
    pair: tuple[Backend, str, Backend, str], tmp_path: Path
) -> None:
    api, url, other, elsewhere = pair
    api.script("GET /film", RedirectResponse(f"{elsewhere}/away"))
    other.script("GET /away", RedirectResponse(f"{url}/bytes/1000"))
    async with client_of(url=url) as client:
        saved = await client.download("/film", "r1", tmp_path / "a.mp4")
    assert saved.size_bytes == 1000
    assert [secrets_of(seen) for seen in api.seen] == [OURS, OURS]
    assert [secrets_of(seen) for seen in other.seen] == [set()]


@pytest.mark.parametrize(
    "answer",
    [
        Response(status_code=404),
        Response(status_code=403),
        Response("<h1>Sign in</h1>", media_type="text/html"),
        JSONResponse({"code": 500, "message": "no"}),
        Response(b"", media_type="video/mp4"),
        RedirectResponse("/films/r1.mp4"),
        RedirectResponse("ftp://example.com/film"),
    ],
)
async def test_a_dead_link_leads_to_the_download_route(backend: Backend, tmp_path: Path, answer: Response) -> None:
    backend.script("GET /films/r1.mp4", *[answer] * 10)
    async with client_of(backend) as client:
        saved = await client.download("/films/r1.mp4", "r1", tmp_path / "film.mp4")
    assert saved.path.read_bytes() == FILM
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    "url", ["ftp://example.com/film.mp4", "http://[broken", "javascript:alert(1)", "http://a:b:c/"]
)
async def test_a_link_that_is_none_leads_to_the_download_route(backend: Backend, tmp_path: Path, url: str) -> None:
    async with client_of(backend) as client:
        assert (await client.download(url, "r1", tmp_path / "film.mp4")).size_bytes == len(FILM)


async def test_a_download_that_breaks_off_leaves_nothing_behind(tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\ncontent-type: video/mp4\r\ncontent-length: 5000\r\n\r\n"
    async with saying(head + b"x" * 2000) as url, client_of(url=url) as client:
        with pytest.raises(errors.Unreachable):
            await client.download(None, "r1", tmp_path / "film.mp4")
    assert list(tmp_path.iterdir()) == []


async def test_a_transport_that_does_not_count_is_counted(tmp_path: Path) -> None:
    short = httpx.MockTransport(
        lambda _: httpx.Response(200, headers={"content-length": "5000", "content-type": "video/mp4"}, content=b"x")
    )
    async with client_of(transport=short) as client:
        with pytest.raises(errors.Unreachable, match="1 of 5,000"):
            await client.download(None, "r1", tmp_path / "film.mp4")
    assert list(tmp_path.iterdir()) == []


async def test_a_target_that_cannot_be_written_is_said(backend: Backend, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    async with client_of(backend) as client:
        with pytest.raises(errors.BadInput, match="cannot be written"):
            await client.download(None, "r1", tmp_path / "file" / "film.mp4")


# Memory ---------------------------------------------------------------------------------------------------------------

GROWTH = textwrap.dedent(
    """
    import resource, sys, anyio
    from pathlib import Path
    from nemovideo_mcp.client import Attribution, FixedToken, NemoVideoClient

    def peak():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "linux" else 1024 * 1024)

    async def main(url, folder, way, size):
        async with NemoVideoClient(base_url=url, tokens=FixedToken("t"), attribution=Attribution("1")) as client:
            await client.credits()
            before = peak()
            if way == "up":
                await client.upload_files("huge", [folder / "huge.mp4"])
            else:
                saved = await client.download(f"/bytes/{size}", "r1", folder / "film.mp4")
                assert saved.size_bytes == size
            sys.stdout.write(str(peak() - before))

    anyio.run(main, sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
    """
)


@pytest.mark.parametrize("way", ["up", "down"])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, way: str) -> None:
    size = 100 * 1024 * 1024
    with (tmp_path / "huge.mp4").open("wb") as file:
        file.truncate(size)
    with serving(Backend().app) as url:
        command = [sys.executable, "-c", GROWTH, url, str(tmp_path), way, str(size)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 16, f"{done.stdout} MB"
