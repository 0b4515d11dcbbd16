"""As whom the engines run: as us, but never as root, which Postgres refuses."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from integration.kernel.processes.service import CannotStart

_UNPRIVILEGED = "nobody"
# Reading what root may read lets it pass closed parents, such as /root, that we must not
# open; containers often leave root only the second.
_CAPABILITIES = ("dac_read_search", "dac_override")
_REACHES = 'test -r "$1" && test -x "$1" && test -w "$2"'


@dataclass(frozen=True, slots=True)
class Account:
    """Who owns the engines' files, and what to put before a command to run it as them."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()


def engine_account(cluster: Path) -> Account:
    """Return us, or for root the owner of ``cluster``, or ``nobody`` where there is none yet.

    For root the prefix is still empty: ``with_prefix`` adds it once the folders exist.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    owner = cluster.stat() if cluster.exists() else None
    if owner and owner.st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    try:
        entry = pwd.getpwnam(_UNPRIVILEGED)
    except KeyError:
        raise CannotStart(
            "Postgres does not run as root, and this machine has no account "
            f"{_UNPRIVILEGED!r} to run it as: start Fanfare as an ordinary user."
        ) from None
    return Account(entry.pw_uid, entry.pw_gid)


def with_prefix(account: Account, program: Path, folder: Path) -> Account:
    """Return ``account`` with the prefix under which ``program`` can work in ``folder``."""
    if os.geteuid() != 0:
        return account
    setpriv = shutil.which("setpriv")
    for capability in _CAPABILITIES if setpriv else ():
        prefix = _prefix(str(setpriv), account, capability)
        command = [*prefix, "/bin/sh", "-c", _REACHES, "sh", str(program), str(folder)]
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:  # noqa: S603
            return Account(account.uid, account.gid, prefix)
    raise CannotStart(
        "Postgres does not run as root, and cannot be run here as another account "
        "(that takes Linux, `setpriv` and the right to use it): start Fanfare as an ordinary user."
    )


def _prefix(setpriv: str, account: Account, capability: str) -> tuple[str, ...]:
    return (
        setpriv,
        f"--reuid={account.uid}",
        f"--regid={account.gid}",
        "--clear-groups",
        # Without it access(2) forgets the capability, and initdb does not find Postgres.
        "--securebits=+no_setuid_fixup",
        f"--inh-caps=-all,+{capability}",
        f"--ambient-caps=-all,+{capability}",
    )
