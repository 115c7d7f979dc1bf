"""Who may change facts: whom the settings name, whom the owner names while the bot runs, and the owner.

Comes in: the store, the ids of the settings, the owners; then a person and their roles. Goes out: yes or no, asked
again whenever a button is pressed. Verbs may raise StateError; then nobody may.
"""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass

from bot.curation.decided import NotAllowed
from bot.state.curators import Appointment
from bot.state.store import Store

_OWNER_ONLY = NotAllowed("Only the owner of this bot names curators.")


@dataclass(frozen=True, slots=True)
class Appointed:
    """Somebody was named; `announcement` is to be shown to them and to whoever sees it happen."""

    curator: Appointment
    announcement: str


@dataclass(frozen=True, slots=True)
class Curators:
    """`owners` is looked at whenever it is needed, for it may become known later."""

    store: Store
    clock: Callable[[], datetime.datetime]
    owners: Collection[int]
    user_ids: Collection[int] = ()
    role_ids: Collection[int] = ()

    def may_curate(self, user_id: int, role_ids: Collection[int] = (), guild_id: int | None = None) -> bool:
        """Whether a person may change facts. The role that everybody in a server has, whose id is its, never counts."""
        roles = {role for role in role_ids if role != guild_id}
        if user_id in self.owners or user_id in self.user_ids or not roles.isdisjoint(self.role_ids):
            return True
        return self.store.curators.holds(user_id, roles)

    def may_appoint(self, user_id: int) -> bool:
        """Whether a person may name curators."""
        return user_id in self.owners

    def appoint_user(self, user_id: int, name: str, by: int, guild_id: int | None = None) -> Appointed | NotAllowed:
        """Name a person."""
        if not self.may_appoint(by):
            return _OWNER_ONLY
        made = self.store.curators.add(_plain(name), by, self.clock(), user_id=user_id, guild_id=guild_id)
        return Appointed(made, announcement(made.name))

    def appoint_role(self, role_id: int, name: str, by: int, guild_id: int) -> Appointed | NotAllowed:
        """Name everybody who has a role, now or later."""
        if not self.may_appoint(by):
            return _OWNER_ONLY
        if role_id == guild_id:
            return NotAllowed("Everybody in the server has this role. Name a role that is given to curators.")
        made = self.store.curators.add(_plain(name), by, self.clock(), role_id=role_id, guild_id=guild_id)
        return Appointed(made, announcement(f"everybody with the role {made.name}"))

    def dismiss(self, appointment: int, by: int) -> bool | NotAllowed:
        """Name somebody no longer; whether they had been. Whom the settings name, only the settings dismiss."""
        if not self.may_appoint(by):
            return _OWNER_ONLY
        return self.store.curators.remove(appointment)

    def all(self) -> list[Appointment]:
        """Every curator: those of the settings first, without a name, then those named since."""
        users = [Appointment(0, id_, None, None, "", None, None) for id_ in sorted(self.user_ids)]
        roles = [Appointment(0, None, id_, None, "", None, None) for id_ in sorted(self.role_ids)]
        return [*users, *roles, *self.store.curators.all()]


def announcement(name: str) -> str:
    """What somebody is told who is named a curator, before they change anything."""
    return (
        f"{name} may change facts from now on. Every change is public: the display name of whoever makes it stands in "
        "the history of the fact, and in the knowledge base's own history, and stays there for good. The id stands in "
        "neither; it is kept with the bot alone, and goes with /privacy, as does being a curator."
    )


def _plain(name: str) -> str:
    return " ".join(name.split())[:100] or "a curator"
