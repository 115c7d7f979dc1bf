"""A server in which facts are changed: the shipped knowledge in a folder of the test's own, and two curators."""

import shutil
from pathlib import Path

import pytest
import pytest_asyncio

from bot.engine import Engine
from bot.live import Live
from tests.conftest import SHIPPED
from tests.discord_app.curating.hands import Hands
from tests.discord_app.world import World


@pytest.fixture
def live(engine: Engine, cache_folder: Path, tmp_path: Path) -> Live:
    """The engine that all tests share, on a copy of its files."""
    folder = tmp_path / "knowledge"
    shutil.copytree(SHIPPED, folder)
    return Live(folder, cache_folder, engine)


@pytest_asyncio.fixture
async def hands(world: World) -> Hands:
    """What curators do, and how many clicks it took; Ada and Ben are curators."""
    made = Hands(
        world,
        world.guild.add_member(world.env.create_user("ada")),
        world.guild.add_member(world.env.create_user("ben")),
    )
    for person in (made.ada, made.ben):
        world.desk.store.curators.add(
            person.name, world.owner.id, world.desk.now(), user_id=person.id, guild_id=world.guild.id
        )
    for name in ("fact", "kb", "review", "gaps", "stale", "curators"):
        root = world.env.backend.find_command(name, world.guild.id, type=1)
        assert root is not None
        world.guild.set_command_permissions(int(root["id"]), {world.guild.default_role: True})
    return made
