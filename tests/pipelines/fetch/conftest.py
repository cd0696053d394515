"""A small web server on this machine, which tests alone are allowed to fetch from."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipelines.fetch import Limits


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        answer = self.server.pages.get(self.path.partition("?")[0])
        if answer is None:
            self.send_error(404)
        else:
            answer(self)

    def log_message(self, *_):
        pass


@pytest.fixture
def limits() -> Limits:
    return Limits(n_bytes=200_000, seconds=5, schemes=("https", "http"))


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    """A server with `pages` (path to answer), `asked` (paths asked for) and `address`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    server.pages, server.asked = {}, []
    server.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def content() -> Callable[..., Callable]:
    """Return a function that makes an answer: the bytes, and the length that is promised for them."""

    def content(
        sent: bytes, promised: int | None = None, pause: float = 0.0, status: int = 200, **headers: str
    ):
        def answer(handler):
            handler.send_response(status)
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            if promised != -1:
                handler.send_header("Content-Length", str(len(sent) if promised is None else promised))
            handler.end_headers()
            for at in range(0, len(sent), 50_000):
                time.sleep(pause)
                handler.wfile.write(sent[at : at + 50_000])

        return answer

    return content


@pytest.fixture
def folder(tmp_path) -> Path:
    """A data folder with nothing but its tables."""
    (tmp_path / "neighbourhoods.csv").write_text("neighbourhood_id,name\nash,Ashfield\n")
    (tmp_path / "prototypes.csv").write_text("prototype_id,neighbourhood_id,name\nash-bp,ash,Checks\n")
    return tmp_path
