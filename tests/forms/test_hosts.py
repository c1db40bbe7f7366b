"""Who may ask."""

import pytest

from sitegen.web.hosts import host_of, is_loopback


@pytest.mark.parametrize(
    "header",
    ["localhost", "localhost:4000", "LOCALHOST.:80", "127.0.0.1:4000", "127.1.2.3", "[::1]", "[::1]:4000",
     "blog.localhost:1"],
)  # fmt: skip
def test_local_names(header):
    assert is_loopback(host_of(header))


@pytest.mark.parametrize(
    "header",
    ["", "evil.example", "evil.example:4000", "localhost.evil.example", "127.0.0.1.evil.example", "192.168.1.5:4000",
     "notlocalhost", "localhost:x", "[::2]:1", "0.0.0.0", "127.0.0.1@evil.example"],
)  # fmt: skip
def test_other_names(header):
    assert not is_loopback(host_of(header))
