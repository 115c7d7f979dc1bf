"""The loopback Discord as a test uses it: the server's life and that of the bot's process."""

import asyncio
import os
import re
import signal
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from aiohttp import web

from tests.loopback.gateway import reset
from tests.loopback.users import Users
from tests.loopback.world import Rules

REDIRECT = Path(__file__).resolve().parent / "redirect"


class Loopback(Users):
    """A Discord on 127.0.0.1, and at most one bot process that is sent to it. Everything is bounded in time."""

    def __init__(
        self, *, heartbeat: float = 41.25, approved: int = 0, ack_deadline: float = 3.0, token_ttl: float = 900.0,
        identify_interval: float = 5.0, shards: int = 1, global_limit: int | None = None,
        limits: dict[str, tuple[int, float]] | None = None, check_every: int = 1,
    ) -> None:  # fmt: skip
        """See `Rules` for what can be set."""
        times = (ack_deadline, token_ttl, identify_interval)
        super().__init__(Rules(heartbeat, approved, *times, shards, global_limit, limits or {}, check_every))
        self.process: asyncio.subprocess.Process | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="loopback-")
        self._log, self._strays = Path(self._folder.name, "log"), Path(self._folder.name, "strays")
        self._log.touch()
        self._strays.touch()

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 << 20)
        app.router.add_get("/gateway", self.handle_socket)
        app.router.add_get("/resume", self.handle_socket)
        app.router.add_get("/files/{id}/{name}", self.handle_file)
        app.router.add_route("*", "/{path:.*}", self.handle_request)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()
        for conn in list(self.conns):
            reset(conn.request)
        await self._runner.cleanup()
        self._folder.cleanup()

    def environment(self, **more: str) -> dict[str, str]:
        """The environment in which a discord.py process comes here: this one's, with `more`, and sent here."""
        env = {**os.environ, "DISCORD_TOKEN": self.token, **more}
        path = os.pathsep.join(filter(None, (str(REDIRECT), env.get("PYTHONPATH"))))
        return {**env, "PYTHONPATH": path, "LOOPBACK_URL": self.url, "LOOPBACK_STRAYS": str(self._strays)}

    async def launch(
        self, command: list[str], *, env: dict[str, str] | None = None, cwd: str | Path | None = None
    ) -> None:
        """Start the bot by its own command line. Its output is `log()`."""
        assert self.process is None or self.process.returncode is not None, "a bot is running"
        self.identified_at = float("-inf")
        with self._log.open("ab") as out:
            self.process = await asyncio.create_subprocess_exec(
                *command, env=self.environment(**(env or {})), cwd=cwd, stdin=asyncio.subprocess.DEVNULL, stdout=out,
                stderr=out, start_new_session=True,
            )  # fmt: skip

    async def ready(self, timeout: float = 30.0, shards: int = 1) -> None:
        """Wait until the bot has identified."""
        await self.until(
            lambda: sum(s.conn is not None for s in self.sessions.values()) >= shards, timeout, "the bot is not ready"
        )

    async def until(
        self, test: Callable[[], object], timeout: float = 10.0, what: str = "what was waited for did not happen"
    ) -> None:
        """Wait until something holds; fails at once when the bot has ended."""
        end = time.monotonic() + timeout
        while not test():
            code = self.process.returncode if self.process else None
            assert code is None, f"{what}: the bot ended with {code}\n{self.log()[-2000:]}"
            assert time.monotonic() < end, f"{what} within {timeout} s\n{self.log()[-2000:]}"
            await asyncio.sleep(0.01)

    async def exited(self, timeout: float = 15.0) -> int:
        """Wait until the bot ends by itself; its exit code."""
        assert self.process, "no bot was launched"
        code = await asyncio.wait_for(self.process.wait(), timeout)
        self.process = None
        await self._hang_up()
        return code

    async def stop(self, how: int = signal.SIGTERM, timeout: float = 10.0) -> int | None:
        """End the bot; its exit code. One that ignores the signal is killed, and that is noted."""
        process, self.process = self.process, None
        if process is None:
            return None
        if process.returncode is None:
            process.send_signal(how)
            try:
                await asyncio.wait_for(process.wait(), timeout)
            except TimeoutError:
                self.violations.append(f"the bot did not end within {timeout} s of signal {how}")
                process.kill()
                await process.wait()
        await self._hang_up()
        return process.returncode

    async def _hang_up(self) -> None:
        """Let the sockets of a bot that has ended go, before another one comes."""
        end = time.monotonic() + 1
        while self.conns and time.monotonic() < end:
            await asyncio.sleep(0.01)

    def log(self) -> str:
        """What every bot launched here has written, to standard output and standard error."""
        return self._log.read_text(errors="replace")

    def strays(self) -> list[str]:
        """What the bot tried to reach that is not this machine."""
        return self._strays.read_text(encoding="utf-8").splitlines()

    def rss(self) -> int:
        """Resident memory of the bot, in bytes (Linux only)."""
        assert self.process, "no bot is running"
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii"))
        assert found, "no figure"
        return int(found[1]) * 1024
