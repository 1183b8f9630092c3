"""How often somebody may be wrong in a minute before nobody listens: guessing and flooding stay cheap for us."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

_KEPT = 1024


class Allowance:
    """Counts mistakes by caller in windows of fixed length; being right costs nothing."""

    def __init__(self, most: int = 60, seconds: float = 60.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._counted: OrderedDict[Hashable, tuple[float, int]] = OrderedDict()

    def wait(self, caller: Hashable) -> float:
        """Seconds until this caller is listened to again; 0: now."""
        began, mistakes = self._counted.get(caller, (0.0, 0))
        left = began + self._seconds - self._clock()
        return left if mistakes >= self._most and left > 0 else 0.0

    def count(self, caller: Hashable) -> None:
        """This caller was wrong once more."""
        began, mistakes = self._counted.pop(caller, (self._clock(), 0))
        if self._clock() - began >= self._seconds:
            began, mistakes = self._clock(), 0
        self._counted[caller] = (began, mistakes + 1)
        if len(self._counted) > _KEPT:
            self._counted.popitem(last=False)
