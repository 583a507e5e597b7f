"""What a process that handles strangers' data may use: memory, time, size of files, and no network.

The best that the system has is taken, and what was taken is told: nothing here pretends. A namespace without a network
holds for all that the process starts too. Where the system gives none, a guard refuses what Python itself would open;
libraries in C could pass it, and those of ours open no sockets.
"""

from __future__ import annotations

import ctypes
import os
import socket
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

# Flags of unshare(2), as linux/sched.h numbers them.
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
GUARDED = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname")


class Network(Enum):
    """How the network is kept away."""

    NAMESPACE = "namespace"  # the system shows the process none
    GUARD = "guard"  # Python refuses


@dataclass(frozen=True, slots=True)
class Limits:
    """What one process may use. Skia and OpenCV map more memory than they touch."""

    memory: int = 4 << 30  # bytes of address space
    cpu: int = 60  # s, for a task
    file: int = 1 << 30  # bytes of any file
    wall: float = 20.0  # s, for a task; after it whoever started the process ends it


def confine(limits: Limits) -> Network:
    """Bind this process and all that it will start; to be called before it starts a thread."""
    kept_away = _without_network()
    guard_network()
    for name, most in (("RLIMIT_AS", limits.memory), ("RLIMIT_FSIZE", limits.file), ("RLIMIT_CORE", 0)):
        _limit(name, most)
    return Network.NAMESPACE if kept_away else Network.GUARD


@cache
def guard_network() -> None:
    """Let Python refuse this process every way out of the machine, for as long as it lives."""
    sys.addaudithook(_guard)


def allow_cpu(seconds: int) -> None:
    """Let this process compute for so long from now on; then the system ends it."""
    _limit("RLIMIT_CPU", int(time.process_time()) + seconds + 1, hard=False)


def _limit(name: str, most: int, *, hard: bool = True) -> None:
    if sys.platform == "win32":
        return
    import resource

    kind = getattr(resource, name, None)
    if kind is None:
        return
    _, before = resource.getrlimit(kind)
    top = most if before == resource.RLIM_INFINITY else min(most, before)
    with suppress(
        ValueError, OSError
    ):  # a system that knows the limit and does not set it: macOS has no RLIMIT_AS
        resource.setrlimit(kind, (top, top if hard else before))


def _without_network() -> bool:
    """Leave the network, alone or as somebody who is nobody outside; whether it worked."""
    if not sys.platform.startswith("linux"):
        return False
    user, group = os.geteuid(), os.getegid()
    library = ctypes.CDLL(None, use_errno=True)
    if library.unshare(CLONE_NEWNET) == 0:
        return True
    if library.unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
        return False
    maps: Mapping[str, str] = {
        "setgroups": "deny",
        "uid_map": f"{user} {user} 1",
        "gid_map": f"{group} {group} 1",
    }
    for name, text in maps.items():
        with suppress(OSError):
            Path(f"/proc/self/{name}").write_text(text, encoding="ascii")
    return True


def _guard(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse what leaves the machine; pipes between our own processes are sockets of the file system."""
    if event not in GUARDED:
        return
    family = getattr(arguments[0], "family", None) if arguments else None
    if family != getattr(socket, "AF_UNIX", None) or family is None:
        raise PermissionError(f"no network here: {event}")
