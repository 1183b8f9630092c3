"""`make record`: tell the story anew and keep its answers as the published examples."""

import asyncio
import io
import sys
import tempfile
from contextlib import redirect_stdout
from pathlib import Path

from tests.contract.examples import record
from tests.contract.plot import tell
from tests.world import server


def main() -> int:
    """Write the folder of examples."""
    folder = Path(tempfile.mkdtemp(prefix="concordat-record-"))
    with (
        redirect_stdout(io.StringIO()),  # the platform logs every request there
        server.running_server(folder) as address,
        server.template(address) as name,
        server.clone(address, name) as own,
    ):
        told = asyncio.run(tell(own))
    record(told.texts)
    print(f"{len(told.texts)} files in frontend-contract/examples.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
