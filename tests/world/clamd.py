"""A small server that speaks the INSTREAM command of clamd: EICAR is a virus, `odd` gets an error."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One command, one answer."""
    command = await reader.readuntil(b"\0")
    content = b""
    try:
        while length := int.from_bytes(await reader.readexactly(4)):
            content += await reader.readexactly(length)
    except asyncio.IncompleteReadError:  # whoever asked has gone
        writer.close()
        return
    word = b"stream: Eicar-Test-Signature FOUND" if b"EICAR" in content else b"stream: OK"
    if command != b"zINSTREAM\0" or content == b"odd":
        word = b"INSTREAM size limit exceeded. ERROR"
    writer.write(word + b"\0")
    await writer.drain()
    writer.close()


@asynccontextmanager
async def listening(path: Path | None = None) -> AsyncIterator[int]:
    """A server at this path, or on a port of this machine, while the block runs; the port, 0 at a path."""
    if path is not None:
        server = await asyncio.start_unix_server(answer, path)
        port = 0
    else:
        tcp = await asyncio.start_server(answer, "127.0.0.1", 0)
        server, port = tcp, tcp.sockets[0].getsockname()[1]
    try:
        yield port
    finally:
        server.close()
