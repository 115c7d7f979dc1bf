"""Sends an unmodified discord.py bot to a loopback Discord, and lets it reach nothing else.

Python imports this module when it starts with this folder on PYTHONPATH. LOOPBACK_URL is the server's address; when
discord.py's modules are imported, their addresses are replaced by it. LOOPBACK_STRAYS is a file: every look-up of a
name and every connection that is not to this machine is refused and noted there, one a line.
"""

import ipaddress
import os
import sys
from collections.abc import Callable
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType
from typing import Any

URL = os.environ.get("LOOPBACK_URL", "").rstrip("/")
STRAYS = os.environ.get("LOOPBACK_STRAYS")


def redirect_http(module: Any) -> None:
    """REST, interactions and webhooks; a client may choose its version of the API later."""
    choose = module._set_api_version

    def set_api_version(version: int) -> None:
        choose(version)
        module.Route.BASE = f"{URL}/api/v{version}"

    module._set_api_version = set_api_version
    module.Route.BASE = f"{URL}/api/v10"


def redirect_gateway(module: Any) -> None:
    """The first web socket; later ones go where READY says."""
    module.DiscordWebSocket.DEFAULT_GATEWAY = module.yarl.URL(URL.replace("http", "ws", 1) + "/gateway")


def redirect_assets(module: Any) -> None:
    """Pictures."""
    module.Asset.BASE = f"{URL}/cdn"


REDIRECTS: dict[str, Callable[[Any], None]] = {
    "discord.http": redirect_http,
    "discord.gateway": redirect_gateway,
    "discord.asset": redirect_assets,
}


class Redirector:
    """An import hook: finds as usual, and redirects right after a module has run."""

    @staticmethod
    def find_spec(name: str, path: Any = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """The usual spec, its loader told to redirect; None for all other modules."""
        if name not in REDIRECTS:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is None or spec.loader is None:
            return None
        run = spec.loader.exec_module

        def exec_module(module: ModuleType) -> None:
            run(module)
            REDIRECTS[name](module)

        spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec


def is_address(host: object) -> bool:
    """Whether a host is written as an address, so that nobody is asked for it."""
    try:
        ipaddress.ip_address(str(host).split("%")[0])
    except ValueError:
        return False
    return True


def is_local(host: object) -> bool:
    """Whether a host is this machine."""
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if host is None or text in ("", "localhost"):
        return True
    return is_address(text) and ipaddress.ip_address(text.split("%")[0]).is_loopback


def guard(event: str, values: tuple[Any, ...]) -> None:
    """The audit hook: refuse and note what is not loopback."""
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = values[1]
        if not isinstance(address, tuple) or is_local(address[0]):
            return
        what = f"connect {address[0]}:{address[1]}"
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        # A connection to an address is judged when it is made.
        if is_local(values[0]) or is_address(values[0]):
            return
        what = f"lookup {values[0]}"
    else:
        return
    with Path(STRAYS or os.devnull).open("a", encoding="utf-8") as out:
        out.write(what + "\n")
    raise ConnectionRefusedError(f"not loopback: {what}")


if URL:
    sys.meta_path.insert(0, Redirector)
if STRAYS:
    sys.addaudithook(guard)
