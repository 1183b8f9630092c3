"""What every resolver finds in `info.context`: the operation's Reading, and the seal of its cursors."""

import asyncio
from dataclasses import dataclass, field

from strawberry.types import Info as StrawberryInfo

from schema.paging import Seal
from services.tools import Reading


@dataclass(frozen=True, slots=True)
class Context:
    """One operation. Root fields take turns: they share one connection and one snapshot."""

    reading: Reading
    seal: Seal
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


Info = StrawberryInfo[Context, None]
