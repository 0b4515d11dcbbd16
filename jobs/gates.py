"""One lane of this process at a time for each name; who comes meanwhile only knocks."""

import threading
from collections.abc import Hashable


class Gates:
    """Who is inside, by name, and whether somebody has knocked since."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._knocked: dict[Hashable, bool] = {}

    def enter(self, name: Hashable) -> bool:
        """Go inside; False where somebody is, who now knows that there is more to do."""
        with self._lock:
            inside = name in self._knocked
            self._knocked[name] = inside
            return not inside

    def leave(self, name: Hashable) -> bool:
        """Go out; False where somebody has knocked: stay, and look again."""
        with self._lock:
            if self._knocked[name]:
                self._knocked[name] = False
                return False
            del self._knocked[name]
            return True

    def drop(self, name: Hashable) -> None:
        """Go out, whoever has knocked."""
        with self._lock:
            del self._knocked[name]
