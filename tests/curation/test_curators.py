"""Who may change facts, and who may say so: a table of everybody there is."""

import pytest

from bot.curation.curators import Appointed, Curators, announcement
from bot.curation.decided import NotAllowed
from bot.state.store import Store
from tests.curation.conftest import NOW, clock

GUILD, ROLE, OTHER_ROLE, SET_ROLE = 613425648685547541, 700000000000000001, 700000000000000002, 700000000000000003
OWNER, SET, NAMED, KEEPER, SET_KEEPER, MODERATOR, MEMBER, STRANGER = range(300000000000000001, 300000000000000009)


@pytest.fixture
def curators(store: Store) -> Curators:
    """One of the settings, a role of the settings, one that was named, a role that was named."""
    made = Curators(store, clock, {OWNER}, {SET}, {SET_ROLE})
    assert isinstance(made.appoint_user(NAMED, "Nora", OWNER, GUILD), Appointed)
    assert isinstance(made.appoint_role(ROLE, "Keepers", OWNER, GUILD), Appointed)
    return made


@pytest.mark.parametrize(
    ("person", "roles", "curates", "appoints"),
    [
        (OWNER, (), True, True),
        (SET, (), True, False),
        (NAMED, (GUILD,), True, False),
        (KEEPER, (GUILD, ROLE), True, False),
        (SET_KEEPER, (GUILD, SET_ROLE), True, False),
        (MODERATOR, (GUILD, OTHER_ROLE), False, False),
        (MEMBER, (GUILD,), False, False),
        (STRANGER, (), False, False),
    ],
)
def test_the_table(curators: Curators, person: int, roles: tuple[int, ...], curates: bool, appoints: bool) -> None:
    """A moderator's roles say nothing about facts."""
    assert curators.may_curate(person, roles, GUILD) is curates
    assert curators.may_appoint(person) is appoints
    for came in (
        curators.appoint_user(MEMBER, "M", person, GUILD), curators.appoint_role(OTHER_ROLE, "R", person, GUILD),
        curators.dismiss(1, person),
    ):  # fmt: skip
        assert isinstance(came, NotAllowed) is not appoints


def test_dismissed(curators: Curators) -> None:
    """At the next click, they may not."""
    nora, keepers = curators.all()[2:]
    assert curators.dismiss(nora.id, OWNER) is True
    assert curators.dismiss(nora.id, OWNER) is False
    assert not curators.may_curate(NAMED, (GUILD,), GUILD)
    assert curators.dismiss(keepers.id, OWNER) is True
    assert not curators.may_curate(KEEPER, (GUILD, ROLE), GUILD)
    assert curators.may_curate(SET)


def test_the_role_that_everybody_has(store: Store) -> None:
    """Neither the settings nor a slip of the owner make a whole server curators."""
    curators = Curators(store, clock, {OWNER}, (), {GUILD})
    assert not curators.may_curate(MEMBER, (GUILD,), GUILD)
    assert isinstance(curators.appoint_role(GUILD, "everyone", OWNER, GUILD), NotAllowed)


def test_named_twice(curators: Curators) -> None:
    """Is named once, by the newer name."""
    assert isinstance(curators.appoint_user(NAMED, " Nora\n Finch ", OWNER, GUILD), Appointed)
    told = [(one.name, one.user_id, one.role_id, one.at) for one in curators.all()]
    assert told == [
        ("", SET, None, None), ("", None, SET_ROLE, None), ("Nora Finch", NAMED, None, NOW),
        ("Keepers", None, ROLE, NOW),
    ]  # fmt: skip


def test_an_owner_who_becomes_known_later(store: Store) -> None:
    """The set of owners is filled once Discord has said who they are."""
    owners: set[int] = set()
    curators = Curators(store, clock, owners)
    assert not curators.may_curate(OWNER)
    owners.add(OWNER)
    assert curators.may_curate(OWNER)
    assert curators.may_appoint(OWNER)


def test_forgotten(curators: Curators, store: Store) -> None:
    """Whoever is forgotten is no curator any more; a role that they named stays."""
    store.forget(NAMED)
    assert not curators.may_curate(NAMED)
    store.forget(OWNER)
    assert [(one.name, one.added_by) for one in curators.all()][2:] == [("Keepers", None)]


def test_the_announcement(curators: Curators) -> None:
    """Says that the name is public and stays, and what happens to the id."""
    made = curators.appoint_user(MEMBER, "Mia", OWNER, GUILD)
    assert isinstance(made, Appointed)
    assert made.announcement == announcement("Mia")
    assert made.announcement.startswith("Mia may change facts from now on. Every change is public")
    for words in ("display name", "for good", "/privacy"):
        assert words in made.announcement
