"""Faults of REST: requests that fail on purpose, and rate limits."""

import fnmatch
import time
import zlib
from collections import deque
from dataclasses import dataclass

from tests.loopback.world import Json, Rules

UNLIMITED = (1_000_000, 1.0)
# Refusals of twelve requests at once by a bucket of five, if its headers are not heeded. One that heeds them may still
# be refused a few, where the machine is busy and an answer of the last window comes after the next one has begun.
UNHEEDED = 12 - 5


@dataclass
class Fault:
    """What happens to the next `times` requests that match; `path` is a pattern such as `/channels/*/messages`.

    `status`: is answered. `drop`: the connection is reset. `delay`: seconds before anything happens. `after`: the
    request is carried out first, only its answer is lost. `via=False`: a 429 of Cloudflare's, without JSON.
    """

    method: str
    path: str
    times: int = 1
    status: int | None = None
    code: int = 0
    retry_after: float = 0.3
    is_global: bool = False
    via: bool = True
    drop: bool = False
    after: bool = False
    delay: float = 0.0
    hits: int = 0

    def takes(self, method: str, path: str) -> bool:
        """Whether it strikes this request; it is counted if so."""
        if self.hits >= self.times or self.method not in ("*", method) or not fnmatch.fnmatchcase(path, self.path):
            return False
        self.hits += 1
        return True

    def too_many(self) -> tuple[Json, dict[str, str]]:
        """Body and headers of its 429."""
        return too_many(self.retry_after, self.is_global)


def too_many(retry_after: float, is_global: bool) -> tuple[Json, dict[str, str]]:
    """Body and headers of a 429."""
    headers = {"Retry-After": str(retry_after), "X-RateLimit-Scope": "global" if is_global else "user"}
    headers |= {"X-RateLimit-Global": "true"} if is_global else {"X-RateLimit-Remaining": "0"}
    return {"message": "You are being rate limited.", "retry_after": retry_after, "global": is_global}, headers


class Limits:
    """Buckets by route and major parameter, and the limit over all."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._buckets: dict[tuple[str, str], tuple[int, float]] = {}  # calls left, end of the period
        self._recent: deque[float] = deque()

    def over_all(self) -> float:
        """Seconds to wait for the global limit; 0: go on."""
        if self._rules.global_limit is None:
            return 0.0
        now = time.monotonic()
        while self._recent and now - self._recent[0] >= 1:
            self._recent.popleft()
        if len(self._recent) >= self._rules.global_limit:
            return round(1 - (now - self._recent[0]), 3)
        self._recent.append(now)
        return 0.0

    def take(self, route: str, major: str) -> tuple[float, dict[str, str]]:
        """Seconds to wait (0: go on) and the headers that tell of the bucket."""
        now = time.monotonic()
        calls, period = self._rules.limits.get(route, UNLIMITED)
        left, end = self._buckets.get((route, major), (calls, now + period))
        if now >= end:
            left, end = calls, now + period
        wait = round(end - now, 3)
        headers = {
            "X-RateLimit-Limit": str(calls), "X-RateLimit-Remaining": str(max(left - 1, 0)),
            "X-RateLimit-Reset": str(round(time.time() + wait, 3)), "X-RateLimit-Reset-After": str(wait),
            "X-RateLimit-Bucket": f"{zlib.crc32(route.encode()):08x}",
        }  # fmt: skip
        self._buckets[route, major] = (max(left - 1, 0), end)
        return (0.0 if left else wait), headers
