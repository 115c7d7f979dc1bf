"""REST: a request is read, may meet a fault or a limit, is checked, and is carried out."""

import asyncio
import json
import re
import time
from collections import deque
from typing import Any

from aiohttp import web

from tests.loopback.checks import check
from tests.loopback.faults import Fault, Limits, too_many
from tests.loopback.gateway import reset
from tests.loopback.interactions import Interactions, Result
from tests.loopback.messages import Files
from tests.loopback.routes import Call, find
from tests.loopback.world import Json, Refused, Rules

API = "/api/v10"
Answer = tuple[int, Any, dict[str, str]]  # status, body, headers


class Rest(Interactions):
    """The HTTP side. `requests`: the latest, each with method, path, status, payload and time."""

    def __init__(self, rules: Rules) -> None:
        super().__init__(rules)
        self.requests: deque[Json] = deque(maxlen=50_000)
        self.faults: list[Fault] = []
        self._limits = Limits(rules)

    async def handle_request(self, request: web.Request) -> web.StreamResponse:
        """Answer one request."""
        if not request.path.startswith(API + "/"):
            self.violations.append(f"not a path of the API: {request.method} {request.path}")
            return web.Response(status=404)
        path = request.path.removeprefix(API)
        record: Json = {"method": request.method, "path": path, "status": 0, "at": time.monotonic()}
        self.requests.append(record)
        try:
            payload, files, multipart = await read(request)
        except ValueError:
            return answer(400, {"code": 50109, "message": "The request body contains invalid JSON."}, {})
        record["payload"] = payload
        fault = next((fault for fault in self.faults if fault.takes(request.method, path)), None)
        if fault and fault.delay:
            await asyncio.sleep(fault.delay)
        if fault and (fault.drop or fault.status):
            if fault.after:
                self._carry_out(request, path, payload, files, multipart)
            record["status"] = fault.status or -1
            if fault.drop:
                reset(request)
            return strike(fault)
        status, body, headers = self._carry_out(request, path, payload, files, multipart)
        record["status"] = status
        return answer(status, body, headers)

    def _carry_out(self, request: web.Request, path: str, payload: Any, files: Files, multipart: bool) -> Answer:
        found = find(request.method, path)
        if found is None:
            self.violations.append(f"no such operation here: {request.method} {path}")
            return 404, {"code": 0, "message": "404: Not Found"}, {}
        route, parameters, handler = found
        call = Call(route, parameters, {} if payload is None else payload, files, dict(request.query))
        if not call.by_token:
            if request.headers.get("Authorization") != f"Bot {self.token}":
                return 401, {"code": 0, "message": "401: Unauthorized"}, {}
            if not re.match(r"DiscordBot \(\S+ \S+\)", request.headers.get("User-Agent", "").replace(",", "")):
                self.violations.append(f"User-Agent: {request.headers.get('User-Agent')}")
        limited, headers = self._limit(call)
        if limited:
            return limited
        result = self._result(call)
        self.counts["carried_out"] += 1
        problems = []
        if self.counts["carried_out"] % self.rules.check_every == 0:
            problems = check(request.method, path, payload, files=files, multipart=multipart)
        if problems:
            self.violations.append(f"{route}: {'; '.join(problems)}")
            if result:
                result.failed(400, 50035, problems)
            wrong = {"_errors": [{"code": "INVALID", "message": problem} for problem in problems]}
            return 400, {"code": 50035, "message": "Invalid Form Body", "errors": wrong}, headers
        try:
            body = handler(self, call)
        except Refused as refused:
            self.counts[f"refused_{refused.code}"] += 1
            if result:
                result.failed(refused.status, refused.code, refused.message)
            return refused.status, {"code": refused.code, "message": refused.message}, headers
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            self.violations.append(f"{route}: {error!r} for {payload}")
            return 500, {"code": 0, "message": "the loopback failed"}, headers
        return (204 if body is None else 200), body, headers

    def _limit(self, call: Call) -> tuple[Answer | None, dict[str, str]]:
        """The 429, if it comes to that, and the headers for any other answer."""
        wait = 0.0 if call.by_token else self._limits.over_all()
        is_global, headers = wait > 0, dict[str, str]()
        if not is_global and "interaction_token" not in call.parameters:
            wait, headers = self._limits.take(call.route, call.parameters.get("webhook_token", call.major))
        if not wait:
            return None, headers
        self.counts["rate_limited"] += 1
        body, more = too_many(wait, is_global)
        return (429, body, headers | more), headers

    def _result(self, call: Call) -> Result | None:
        """The interaction that a request belongs to."""
        key, token = call.parameters.get("interaction_id", ""), call.parameters.get("webhook_token", "")
        return self.interactions.get(key) or self.by_token.get(token)

    async def handle_file(self, request: web.Request) -> web.StreamResponse:
        """Serve an attachment."""
        contents = self.files.get(request.match_info["id"])
        return web.Response(status=404) if contents is None else web.Response(body=contents)


async def read(request: web.Request) -> tuple[Any, Files, bool]:
    """The JSON of a request, its files, and whether it came as multipart. Raises ValueError for what is not JSON."""
    files: Files = {}
    if request.content_type == "multipart/form-data":
        payload = None
        for key, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[re.sub(r"\D", "", key)] = (value.filename, value.file.read())
            elif key == "payload_json":
                payload = json.loads(value)
        return payload, files, True
    raw = await request.read()
    return (json.loads(raw) if raw else None), files, False


def strike(fault: Fault) -> web.Response:
    """The answer that a fault gives; nobody gets it after a reset."""
    if fault.status == 429:
        if not fault.via:
            return web.Response(status=429, text="<html>error code: 1015</html>", content_type="text/html")
        return answer(429, *fault.too_many())
    return answer(fault.status or 500, {"code": fault.code, "message": f"fault {fault.status}"}, {})


def answer(status: int, body: Any, headers: dict[str, str]) -> web.Response:
    """A response. The content type has no parameters: discord.py compares it as a whole."""
    headers = {"Via": "1.1 google", **headers}
    if body is None:
        return web.Response(status=204, headers=headers)
    return web.Response(status=status, body=json.dumps(body).encode(), content_type="application/json", headers=headers)
