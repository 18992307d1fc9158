"""Where in a web archive records begin, and packed members of it as streams: so that reading can begin anywhere."""

import io
import zlib
from typing import IO, Any

from schemas.documents import MAX_BODY_BYTES

_GZIP = b"\x1f\x8b\x08"
_RECORD = b"WARC/1."
_BETWEEN = b"\r\n\r\n"
_BLOCK_BYTES = 1 << 16

MAX_LINES_BYTES = 4 << 20
"""Of a record: its head, that of the answer in it, and what parts the chunks of its body."""


class Member(io.RawIOBase):
    """One member of a `.gz` file, unpacked as it is read; its check sum is compared at its end."""

    def __init__(self, file: IO[bytes], begin: int) -> None:
        super().__init__()
        self._file, self._at = file, begin
        self._inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._packed = b""

    @property
    def end(self) -> int:
        """Where the member ends in the file, once it is read to its end."""
        return self._at - len(self._inflater.unused_data)

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Unpack into a buffer.

        Raises:
            EOFError: the file ends within the member.
            OSError: the member is broken.

        """
        while not self._inflater.eof:
            if not self._packed:
                self._file.seek(self._at)
                self._packed = self._file.read(_BLOCK_BYTES)
                if not self._packed:
                    raise EOFError("the file ends within it")
                self._at += len(self._packed)
            try:
                unpacked = self._inflater.decompress(self._packed, len(buffer))
            except zlib.error as error:
                raise OSError(f"it cannot be unpacked: {error}") from error
            self._packed = self._inflater.unconsumed_tail
            if unpacked:
                buffer[: len(unpacked)] = unpacked
                return len(unpacked)
        return 0


class Bounded:
    """A record as a stream of which no line, no chunk, and not all lines together, fill the memory.

    A few kB of a packed member may hold gigabytes that are one line, or say that they are one chunk.
    """

    def __init__(self, stream: Any) -> None:
        self._stream, self._left = stream, MAX_LINES_BYTES

    def read(self, length: int) -> bytes:
        """Some bytes.

        Raises:
            ValueError: they are more than a document may have.

        """
        if length > MAX_BODY_BYTES:
            raise ValueError(f"a chunk of its body is larger than {MAX_BODY_BYTES:,} bytes")
        return bytes(self._stream.read(length))

    def readline(self, length: int | None = None) -> bytes:
        """A line.

        Raises:
            ValueError: the lines of the record are longer than those of a head, and between chunks, ever are.

        """
        line = bytes(self._stream.readline(self._left if length is None else min(length, self._left)))
        self._left -= len(line)
        if self._left <= 0:
            raise ValueError(f"its head is larger than {MAX_LINES_BYTES:,} bytes")
        return line


def next_member(file: IO[bytes], start: int) -> int | None:
    """Where the first packed member at or after `start` begins that begins as a record does; None if there is none."""
    at = _find(file, _GZIP, start)
    while at is not None:
        file.seek(at)
        try:
            if zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(file.read(1024), 64).lstrip().startswith(_RECORD):
                return at
        except zlib.error:
            pass
        at = _find(file, _GZIP, at + 1)
    return None


def next_record(file: IO[bytes], start: int) -> int | None:
    """Where the first record at or after `start` begins in a file that is not packed; None if there is none."""
    if start == 0:
        file.seek(0)
        if file.read(len(_RECORD)) == _RECORD:
            return 0
    found = _find(file, _BETWEEN + _RECORD, max(start - len(_BETWEEN), 0))
    return None if found is None else found + len(_BETWEEN)


def _find(file: IO[bytes], wanted: bytes, start: int) -> int | None:
    file.seek(start)
    kept = b""
    while block := file.read(_BLOCK_BYTES):
        window = kept + block
        if (at := window.find(wanted)) >= 0:
            return start + at
        kept = window[-len(wanted) + 1 :]
        start += len(window) - len(kept)
    return None
