"""Unpacking what a server packed, bounded: a few kB may unpack to gigabytes."""

import zlib

ACCEPTED = "gzip, deflate"
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS


class PackingError(ValueError):
    """The body cannot be unpacked; the message says why."""


class TooLargeError(ValueError):
    """The body is larger than the limit."""


def unpack(body: bytes, encodings: str, limit: int) -> bytes:
    """A body without its content encodings.

    Args:
        body: as it came.
        encodings: the header Content-Encoding.
        limit: bytes that it may have at each step.

    Raises:
        PackingError: it is in another encoding than was asked for, or broken.
        TooLargeError: it is larger than the limit.

    """
    for encoding in reversed([part.strip().lower() for part in encodings.split(",")]):
        match encoding:
            case "" | "identity":
                continue
            case "gzip" | "x-gzip":
                body = _inflate(body, limit)
            case "deflate":
                body = _inflate(body, limit, raw=body[:1] != b"\x78")
            case _:
                raise PackingError(f"the answer is packed as {encoding!r}, which was not asked for")
    return body


def _inflate(body: bytes, limit: int, *, raw: bool = False) -> bytes:
    unpacked = bytearray()
    while body:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS if raw else _GZIP_OR_ZLIB)
        try:
            unpacked += inflater.decompress(body, limit + 1 - len(unpacked))
        except zlib.error as error:
            if unpacked:
                break  # bytes after the end, which browsers pass over, too
            raise PackingError(f"the answer cannot be unpacked ({error})") from error
        if len(unpacked) > limit:
            raise TooLargeError
        if not inflater.eof:
            raise PackingError("the answer is packed and was cut short")
        body = inflater.unused_data.lstrip(b"\0")
    return bytes(unpacked)
