"""Where the engines keep their data and their sockets."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

_PORT = 5432
_SOCKETS = "run"
# The shortest sun_path (macOS) has 104 bytes with its end; "/.s.PGSQL.5432" takes 14.
_LONGEST_SOCKET_FOLDER = 88


@dataclass(frozen=True, slots=True)
class EngineUrls:
    """How to reach the engines: SQLAlchemy's address for psycopg, and redis-py's."""

    database_url: str
    redis_url: str


@dataclass(frozen=True, slots=True)
class Places:
    """The folders and files of one data folder's engines."""

    data_dir: Path

    @property
    def engines(self) -> Path:
        """What the engines own, closed to everybody else."""
        return self.data_dir / "engines"

    @property
    def cluster(self) -> Path:
        """The data of Postgres."""
        return self.engines / "postgres"

    @property
    def copy_lock(self) -> Path:
        """Locked by the copy that uses this folder; names its process."""
        return self.data_dir / "lock"

    @property
    def engines_lock(self) -> Path:
        """Locked by that copy and its engines, so free only once they are gone too."""
        return self.engines / "lock"

    @property
    def sockets(self) -> Path:
        """The folder of both sockets: the only way to the engines."""
        return self.socket_base / _SOCKETS

    @property
    def socket_base(self) -> Path:
        """The engines' folder, or a private one in /tmp where that makes too long a path."""
        text = os.fsencode(self.engines / _SOCKETS)
        # A comma would make libpq see two hosts.
        if len(text) <= _LONGEST_SOCKET_FOLDER and b"," not in text:
            return self.engines
        name = hashlib.sha256(os.fsencode(self.data_dir)).hexdigest()[:16]
        # Not TMPDIR, which may differ between two processes that are to meet here.
        return Path(f"/tmp/fanfare-{os.geteuid()}-{name}")  # noqa: S108 - owner and mode are checked

    @property
    def valkey_socket(self) -> Path:
        """Where Valkey listens."""
        return self.sockets / "valkey.sock"


def places(data_dir: Path) -> Places:
    """Return the places of a data folder, however its path is spelled."""
    return Places(Path(os.path.realpath(data_dir)))


def embedded_urls(data_dir: Path) -> EngineUrls:
    """Return where the engines of ``data_dir`` listen while ``fanfare up`` runs them."""
    here = places(data_dir)
    sockets = quote(str(here.sockets), safe="/")
    return EngineUrls(
        f"postgresql+psycopg://fanfare@/fanfare?host={sockets}&port={_PORT}",
        f"unix://{quote(str(here.valkey_socket), safe='/')}",
    )
