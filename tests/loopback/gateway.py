"""The gateway: web sockets, sessions, heartbeats, resuming, and what can go wrong with them."""

import asyncio
import json
import secrets
import socket
import struct
import time
import zlib
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web

from tests.loopback.world import CONTENT, GUILDS, PRIVILEGED, Guild, Json, Rules, World

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, RESUME, RECONNECT, MEMBERS, INVALID, HELLO, ACK = (
    0,
    1,
    2,
    3,
    6,
    7,
    8,
    9,
    10,
    11,
)
TOO_LONG = 4096  # bytes of one payload of a bot
TOO_MANY = 120  # payloads a minute


@dataclass(eq=False)
class Session:
    """What lives on when a socket is lost."""

    id: str
    shard: int
    shards: int
    intents: int
    seq: int = 0
    log: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=20_000))
    conn: "Connection | None" = None


class Connection:
    """One web socket of the bot. What is pushed goes out in order, by a task of its own."""

    def __init__(self, ws: web.WebSocketResponse, request: web.Request) -> None:
        self.ws, self.request = ws, request
        self.session: Session | None = None
        self.beats = 0
        self.received: deque[float] = deque(maxlen=TOO_MANY + 1)
        self.ended_here = False  # closed by this side: the session stays
        # zstd is answered in plain text, which discord.py takes.
        self._deflate = zlib.compressobj() if request.query.get("compress") == "zlib-stream" else None
        self._queue: asyncio.Queue[str] = asyncio.Queue()
        self.writer = asyncio.create_task(self._write())

    def push(self, text: str) -> None:
        """Send a payload, soon."""
        self._queue.put_nowait(text)

    async def _write(self) -> None:
        with suppress(ConnectionError, RuntimeError, aiohttp.ClientError):
            while True:
                text = await self._queue.get()
                if self._deflate:
                    data = self._deflate.compress(text.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
                    await self.ws.send_bytes(data)
                else:
                    await self.ws.send_str(text)

    async def close(self, code: int) -> None:
        """Close it, as Discord does."""
        self.ended_here = True
        self.writer.cancel()
        await self.ws.close(code=code)


def payload(op: int, data: object = None, seq: int | None = None, name: str | None = None) -> str:
    """What goes over the socket, written down at once: what it tells of may change before it is sent."""
    return json.dumps({"op": op, "d": data, "s": seq, "t": name}, separators=(",", ":"))


def reset(request: web.Request) -> None:
    """Cut a connection with a TCP reset, as a failing network does."""
    if request.transport is not None:
        sock = request.transport.get_extra_info("socket")
        if sock is not None:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        request.transport.abort()


class Gateway(World):
    """Sessions of the bot.

    Faults: `refuse_ws` handshakes are refused with 503, `close_before_hello` sockets close at once, `mute_acks`
    leaves heartbeats unanswered.
    """

    def __init__(self, rules: Rules) -> None:
        super().__init__(rules)
        self.sessions: dict[str, Session] = {}
        self.conns: set[Connection] = set()
        self.refuse_ws = 0
        self.close_before_hello = 0
        self.mute_acks = False
        self.identified_at = float("-inf")

    async def handle_socket(self, request: web.Request) -> web.StreamResponse:
        """Serve one web socket until it ends."""
        self.counts["sockets"] += 1
        if self.refuse_ws > 0:
            self.refuse_ws -= 1
            return web.Response(status=503)
        if (request.query.get("v"), request.query.get("encoding")) != ("10", "json"):
            self.violations.append(f"gateway opened with {dict(request.query)}")
        ws = web.WebSocketResponse(compress=False, timeout=1.0)
        await ws.prepare(request)
        if self.close_before_hello > 0:
            self.close_before_hello -= 1
            await ws.close(code=4000)
            return ws
        conn = Connection(ws, request)
        self.conns.add(conn)
        conn.push(payload(HELLO, {"heartbeat_interval": int(self.rules.heartbeat * 1000), "_trace": []}))
        try:
            async for message in ws:
                code = self._received(conn, message)
                if code:
                    self.counts[f"closed_{code}"] += 1
                    await conn.close(code)
                    break
        except ConnectionError:
            pass
        finally:
            conn.writer.cancel()
            self.conns.discard(conn)
            session = conn.session
            if session and session.conn is conn:
                session.conn = None
                if ws.close_code in (1000, 1001) and not conn.ended_here:
                    self.sessions.pop(session.id, None)
        return ws

    def _received(self, conn: Connection, message: aiohttp.WSMessage) -> int:
        """Take one payload; the code to close with, or 0."""
        now = time.monotonic()
        conn.received.append(now)
        if message.type is not aiohttp.WSMsgType.TEXT:
            return self._wrong(f"a frame of type {message.type!r}", 4002)
        if len(message.data.encode()) > TOO_LONG:
            return self._wrong(f"a payload of {len(message.data)} characters", 4002)
        if len(conn.received) > TOO_MANY and now - conn.received[0] < 60:
            return self._wrong(f"more than {TOO_MANY} payloads a minute", 4008)
        said = json.loads(message.data)
        op, data = said["op"], said["d"]
        if op == HEARTBEAT:
            conn.beats += 1
            if not self.mute_acks:
                conn.push(payload(ACK))
        elif op == IDENTIFY:
            return self._identify(conn, data)
        elif op == RESUME:
            return self._resume(conn, data)
        elif op == MEMBERS and conn.session:
            members = [self.member_json(self.bot, self.guilds[str(data["guild_id"])])]
            chunk = {"guild_id": str(data["guild_id"]), "members": members, "chunk_index": 0, "chunk_count": 1}
            self.emit(conn.session, "GUILD_MEMBERS_CHUNK", chunk | {"nonce": data.get("nonce")})
        elif op != PRESENCE:
            return self._wrong(f"opcode {op}", 4001)
        return 0

    def _wrong(self, what: str, code: int) -> int:
        self.violations.append(f"gateway: {what}")
        return code

    def _identify(self, conn: Connection, data: Json) -> int:
        shard, shards = data.get("shard") or (0, 1)
        if data.get("token") != self.token:
            return 4004
        if not 0 <= shard < shards:
            return 4010
        if data["intents"] & PRIVILEGED & ~self.rules.approved:
            return 4014
        now = time.monotonic()
        if now - self.identified_at < self.rules.identify_interval - 0.1:
            self.counts["identify_too_soon"] += 1
            conn.push(payload(INVALID, False))
            return 0
        self.identified_at = now
        self.counts["identify"] += 1
        for old in [s for s in self.sessions.values() if s.conn is None and s.shard == shard]:
            del self.sessions[old.id]
        session = Session(secrets.token_hex(16), shard, shards, data["intents"], conn=conn)
        self.sessions[session.id] = conn.session = session
        mine = [g for g in self.guilds.values() if g.member and (int(g.id) >> 22) % shards == shard]
        self.emit(session, "READY", {
            "v": 10, "user": self.bot.json() | {"verified": True, "mfa_enabled": False}, "session_id": session.id,
            "guilds": [{"id": guild.id, "unavailable": True} for guild in mine], "shard": [shard, shards],
            "resume_gateway_url": self.url.replace("http", "ws", 1) + "/resume", "private_channels": [],
            "application": {"id": self.bot.id, "flags": self.application_json()["flags"]}, "_trace": [],
        })  # fmt: skip
        for guild in mine if session.intents & GUILDS else ():
            self.emit(session, "GUILD_CREATE", self.guild_json(guild))
        return 0

    def _resume(self, conn: Connection, data: Json) -> int:
        session = self.sessions.get(data["session_id"])
        if data.get("token") != self.token:
            return 4004
        if conn.request.path != "/resume":
            self.violations.append("gateway: resumed elsewhere than at resume_gateway_url")
        if session is None or data["seq"] is None or data["seq"] > session.seq:
            self.counts["resume_refused"] += 1
            conn.push(payload(INVALID, False))
            return 0
        if session.conn:
            reset(session.conn.request)
        for seq, event in session.log:
            if seq > data["seq"]:
                conn.push(event)
        session.conn, conn.session = conn, session
        self.counts["resumed"] += 1
        self.emit(session, "RESUMED", {"_trace": []})
        return 0

    def emit(self, session: Session, name: str, data: Json) -> None:
        """Send an event; a session without a socket gets it when it resumes."""
        session.seq += 1
        event = payload(DISPATCH, data, session.seq, name)
        session.log.append((session.seq, event))
        if session.conn:
            session.conn.push(event)

    def dispatch(self, name: str, data: Json, guild: Guild | None, intent: int = 0, bare: Json | None = None) -> int:
        """Send an event to the shard it belongs to; `bare` is for sessions without message content. How many got it."""
        sent = 0
        for session in self.sessions.values():
            shard = (int(guild.id) >> 22) % session.shards if guild else 0
            if session.shard == shard and (not intent or session.intents & intent):
                self.emit(session, name, data if bare is None or session.intents & CONTENT else bare)
                sent += 1
        return sent

    async def drop(self) -> None:
        """Reset every socket."""
        for conn in list(self.conns):
            reset(conn.request)

    async def close(self, code: int = 4000) -> None:
        """Close every socket with a code."""
        for conn in list(self.conns):
            await conn.close(code)

    async def reconnect(self) -> None:
        """Opcode 7: the bot is to reconnect and resume."""
        for conn in self.conns:
            conn.push(payload(RECONNECT))

    async def invalid_session(self, resumable: bool = False) -> None:
        """Opcode 9: the bot is to identify anew, or to resume."""
        for conn in self.conns:
            if not resumable and conn.session:
                self.sessions.pop(conn.session.id, None)
            conn.push(payload(INVALID, resumable))
