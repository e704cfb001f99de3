"""200 MB up and down over loopback: this client beside `curl` and beside a plain httpx loop, interleaved in one run.

    python benchmarks/transfer.py [--rounds 7] [--megabytes 200] [--server plain|asgi] [--folder DIR]

One server process answers them all. `plain` is sockets alone (`sendfile` down, `recv_into` up), so that the client is what is
measured; `asgi` is a small app under uvicorn, as the backends of this project are. Every transfer has a process of its own and
starts its clock when its imports are done and its connection is warm; curl's time is its own `time_total`, which leaves the
start of the process out. Downloads go to a file. Only ours hashes what it saves and waits until the disk has it (`fsync`), so
curl is shown a second time with the time of an `fsync` of its file added. Growth is that of the process's peak resident
memory, from before the transfer to after it.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MB = 1000 * 1000
BLOCK = 1024 * 1024
UPLOAD = "/api/upload-video/nemo_agent/me/s1"
DONE = b'{"code": 0, "data": {"files": []}}'
CREDITS = b'{"code": 0, "data": {"available": 1, "frozen": 0, "total": 1}}'


# The server -----------------------------------------------------------------------------------------------------------


def serve_plain(film: Path) -> None:
    listener = socket.create_server(("127.0.0.1", 0), backlog=16)
    print(listener.getsockname()[1], flush=True)
    while True:
        connection, _ = listener.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=_answers, args=(connection, film), daemon=True).start()


def _answers(connection: socket.socket, film: Path) -> None:
    """One request after another, until the other side hangs up."""
    buffer, scratch = b"", bytearray(BLOCK)
    with connection, film.open("rb") as file:
        while True:
            while b"\r\n\r\n" not in buffer:
                data = connection.recv(65536)
                if not data:
                    return
                buffer += data
            head, _, buffer = buffer.partition(b"\r\n\r\n")
            first, *lines = head.decode("latin-1").split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            left = int(headers.get("content-length", "0")) - len(buffer)
            if headers.get("expect"):
                connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            while left > 0:
                left -= connection.recv_into(scratch, min(left, BLOCK))
            buffer = b""
            if "/film" in first:
                size = os.fstat(file.fileno()).st_size
                connection.sendall(
                    f"HTTP/1.1 200 OK\r\ncontent-type: video/mp4\r\ncontent-length: {size}\r\n\r\n".encode()
                )
                file.seek(0)
                connection.sendfile(file)
                continue
            body = CREDITS if "/credits/" in first else DONE
            answer = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
            connection.sendall(answer.encode() + body)


def serve_asgi(film: Path) -> None:
    import uvicorn

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["path"] != "/film":
            while (await receive()).get("more_body"):
                pass
            body = CREDITS if "/credits/" in scope["path"] else DONE
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]})  # fmt: skip
            await send({"type": "http.response.body", "body": body})
            return
        size = str(film.stat().st_size).encode()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"video/mp4"), (b"content-length", size)]})  # fmt: skip
        with film.open("rb") as file:
            while block := file.read(BLOCK):
                await send({"type": "http.response.body", "body": block, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off")).run([listener])


@contextmanager
def server(kind: str, film: Path) -> Iterator[str]:
    command = [sys.executable, __file__, "--as", f"serve-{kind}", "--folder", str(film.parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.kill()


# The three clients ----------------------------------------------------------------------------------------------------


def peak_bytes() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak * (1024 if sys.platform == "linux" else 1)


async def ours(url: str, way: str, film: Path, target: Path) -> tuple[float, int]:
    from nemovideo_mcp.client import Attribution, FixedToken, NemoVideoClient

    async with NemoVideoClient(base_url=url, tokens=FixedToken("t"), attribution=Attribution("1")) as client:
        await client.credits()
        before, began = peak_bytes(), time.perf_counter()
        if way == "up":
            await client.upload_files("s1", [film])
        else:
            await client.download("/film", "r1", target)
        return time.perf_counter() - began, peak_bytes() - before


async def plain(url: str, way: str, film: Path, target: Path) -> tuple[float, int]:
    """The loop of httpx's own documentation."""
    import httpx

    async with httpx.AsyncClient(base_url=url, timeout=60) as http:
        await http.get("/api/credits/balance/simple")
        before, began = peak_bytes(), time.perf_counter()
        if way == "up":
            # The documentation's upload; httpx takes it only from a client that is not asynchronous.
            with film.open("rb") as file, httpx.Client(base_url=url, timeout=60) as blocking:
                files = {"files": ("film.mp4", file, "video/mp4")}
                blocking.post(UPLOAD, files=files).raise_for_status()  # noqa: ASYNC212
        else:
            with target.open("wb") as file:
                async with http.stream("GET", "/film") as response:
                    async for chunk in response.aiter_bytes():
                        file.write(chunk)
        return time.perf_counter() - began, peak_bytes() - before


def one(kind: str, url: str, way: str, film: Path, target: Path) -> tuple[float, int]:
    command = [sys.executable, __file__, "--as", kind, "--url", url, "--way", way, "--folder", str(film.parent)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    target.unlink(missing_ok=True)
    seconds, grown = json.loads(done.stdout)
    return seconds, grown


def curl(url: str, way: str, film: Path, target: Path) -> tuple[float, float]:
    """Seconds, and seconds with the file's `fsync`."""
    what = ["-F", f"files=@{film};type=video/mp4", url + UPLOAD] if way == "up" else [f"{url}/film"]
    out = os.devnull if way == "up" else str(target)
    command = ["curl", "-sS", "--fail", "-o", out, "-w", "%{time_total}", *what]
    took = float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    if way == "up":
        return took, took
    with target.open("rb+") as file:
        began = time.perf_counter()
        os.fsync(file.fileno())
        synced = took + time.perf_counter() - began
    target.unlink()
    return took, synced


# The run --------------------------------------------------------------------------------------------------------------


def measure(url: str, way: str, film: Path, target: Path, rounds: int) -> None:
    columns: dict[str, list[float]] = {"nemovideo-mcp": [], "httpx loop": [], "curl": [], "curl + fsync": []}
    growth: dict[str, list[int]] = {"nemovideo-mcp": [], "httpx loop": []}
    for _ in range(rounds):
        for name, kind in (("nemovideo-mcp", "ours"), ("httpx loop", "plain")):
            seconds, grown = one(kind, url, way, film, target)
            columns[name].append(seconds)
            growth[name].append(grown)
        bare, synced = curl(url, way, film, target)
        columns["curl"].append(bare)
        columns["curl + fsync"].append(synced)
    if way == "up":
        del columns["curl + fsync"]
    reference = statistics.median(columns["curl"])
    size = film.stat().st_size
    print(f"{size / MB:.0f} MB {way}, {rounds} interleaved rounds")
    print("                   median s  (min-max)      MB/s   of curl's speed   growth MB (most)")
    for name, values in columns.items():
        median = statistics.median(values)
        grown_mb = f"{max(growth[name]) / MB:8.1f}" if name in growth else ""
        print(
            f"  {name:<15} {median:8.3f}  ({min(values):.3f}-{max(values):.3f}) {size / median / MB:7.0f} "
            f"{reference / median:12.2f} {grown_mb:>18}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--server", choices=["plain", "asgi"], default="asgi")
    parser.add_argument("--folder", type=Path, help="where the files lie; a temporary folder if not given")
    parser.add_argument("--as", dest="role", default="run", help=argparse.SUPPRESS)
    parser.add_argument("--url", default="", help=argparse.SUPPRESS)
    parser.add_argument("--way", default="", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.role == "run":
        with tempfile.TemporaryDirectory(dir=given.folder) as name:
            film = Path(name, "film.mp4")
            block = os.urandom(MB)
            with film.open("wb") as file:
                for _ in range(given.megabytes):
                    file.write(block)
                os.fsync(file.fileno())
            print(f"server: {given.server}, files in {film.parent.parent}")
            with server(given.server, film) as url:
                for way in ("down", "up"):
                    measure(url, way, film, Path(name, "saved.mp4"), given.rounds)
        return
    film, target = given.folder / "film.mp4", given.folder / "saved.mp4"
    if given.role.startswith("serve"):
        {"serve-plain": serve_plain, "serve-asgi": serve_asgi}[given.role](film)
        return
    import anyio

    print(json.dumps(anyio.run({"ours": ours, "plain": plain}[given.role], given.url, given.way, film, target)))


if __name__ == "__main__":
    main()
