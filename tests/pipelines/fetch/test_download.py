"""One address to bytes, within limits."""

from __future__ import annotations

import pytest

from pipelines.fetch import FetchError, Limits
from pipelines.fetch.download import download


def test_the_bytes_come_as_they_are(server, content, limits):
    server.pages["/a.csv"] = content(b"\xef\xbb\xbfa,b\r\n1,2\r\n")
    assert download(f"{server.address}/a.csv", limits) == b"\xef\xbb\xbfa,b\r\n1,2\r\n"


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/a.csv", "file:///etc/passwd", "ftp://127.0.0.1/a", "a.csv", "", "https://", "https://me:word@host/a",
     "https://host/a b", "https://host/a\nHost: other", "HTTPS//host", "https://[::1/a"],
)  # fmt: skip
def test_only_https_addresses_are_fetched(address):
    with pytest.raises(FetchError, match="https://"):
        download(address, Limits(seconds=1))


def test_an_error_of_the_server_is_told_with_its_number(server, limits):
    with pytest.raises(FetchError, match="error 404"):
        download(f"{server.address}/nothing.csv", limits)


def test_a_file_too_large_is_given_up_on_the_way(server, content, limits):
    server.pages["/big.csv"] = content(b"x" * 500_000)
    with pytest.raises(FetchError, match="more than 0 MB"):
        download(f"{server.address}/big.csv", limits)


def test_a_file_that_comes_too_slowly_is_given_up(server, content):
    server.pages["/slow.csv"] = content(b"x" * 150_000, pause=0.2)
    with pytest.raises(FetchError, match=r"longer than 0 seconds|did not answer in time|cannot be reached"):
        download(f"{server.address}/slow.csv", Limits(seconds=0.3, schemes=("http",)))


def test_a_file_that_breaks_off_is_not_taken_for_whole(server, content, limits):
    server.pages["/cut.csv"] = content(b"a,b\n1,2\n", promised=5_000)
    with pytest.raises(FetchError, match=r"broke off|cannot be reached"):
        download(f"{server.address}/cut.csv", limits)


@pytest.mark.parametrize(
    "page", [b"<!DOCTYPE html><html>", b"  \n<html lang='en'>", b"\xef\xbb\xbf<?xml version='1.0'?>"]
)
def test_a_web_page_is_no_data(server, content, limits, page):
    server.pages["/page"] = content(page)
    with pytest.raises(FetchError, match="web page"):
        download(f"{server.address}/page", limits)


@pytest.mark.parametrize("sent", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_nothing_is_no_data(server, content, limits, sent):
    server.pages["/nothing"] = content(sent)
    with pytest.raises(FetchError, match="is empty"):
        download(f"{server.address}/nothing", limits)


def test_a_redirect_is_followed_where_it_could_have_been_asked_for(server, content, limits):
    server.pages["/old"] = content(b"", status=302, Location=f"{server.address}/new.csv")
    server.pages["/new.csv"] = content(b"a,b\n")
    assert download(f"{server.address}/old", limits) == b"a,b\n"


@pytest.mark.parametrize("there", ["file:///etc/passwd", "ftp://127.0.0.1/a", "http://user@127.0.0.1/a"])
def test_a_redirect_elsewhere_is_not_followed(server, content, limits, there):
    server.pages["/old"] = content(b"", status=302, Location=there)
    with pytest.raises(FetchError):
        download(f"{server.address}/old", limits)


def test_a_circle_of_redirects_ends(server, content, limits):
    server.pages["/round"] = content(b"", status=302, Location=f"{server.address}/round")
    with pytest.raises(FetchError):
        download(f"{server.address}/round", limits)
    assert len(server.asked) < 12


def test_without_a_network_the_way_by_hand_is_told(server, limits):
    port = server.server_address[1]
    with pytest.raises(FetchError, match="by hand"):
        download(f"http://127.0.0.1:{port + 1 if port < 65_535 else port - 1}/a.csv", limits)
    with pytest.raises(FetchError, match="by hand"):
        download("https://no-such-host.invalid/a.csv", Limits(seconds=2))
