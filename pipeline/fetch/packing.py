"""Unpacking what a server packed, bounded: a few kB may unpack to gigabytes."""

import zlib

import brotli
from backports import zstd

ACCEPTED = "gzip, deflate"
"""Others come unasked, and in the archives of browsers, which ask for more."""

_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
_ZSTD_OPTIONS: dict[int, int] = {zstd.DecompressionParameter.window_log_max: 23}
"""8 MB, what a sender may use at most (RFC 9659)."""


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
        PackingError: it is in an encoding that is not read, or broken.
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
            case "br":
                body = _unbrotli(body, limit)
            case "zstd":
                body = _unzstd(body, limit)
            case _:
                raise PackingError(f"the answer is packed as {encoding!r}, which is not read")
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


def _unbrotli(body: bytes, limit: int) -> bytes:
    if not body:
        return body
    stream = brotli.Decompressor()
    try:
        unpacked: bytes = stream.process(body, output_buffer_limit=limit + 1)
    except brotli.error as error:
        raise PackingError(f"the answer cannot be unpacked ({error})") from error
    if len(unpacked) > limit:
        raise TooLargeError
    if not stream.is_finished():
        raise PackingError("the answer is packed and was cut short")
    return unpacked


def _unzstd(body: bytes, limit: int) -> bytes:
    unpacked = bytearray()
    while body:
        frame = zstd.ZstdDecompressor(options=_ZSTD_OPTIONS)
        try:
            unpacked += frame.decompress(body, limit + 1 - len(unpacked))
        except zstd.ZstdError as error:
            raise PackingError(f"the answer cannot be unpacked ({error})") from error
        if len(unpacked) > limit:
            raise TooLargeError
        if not frame.eof:
            raise PackingError("the answer is packed and was cut short")
        body = frame.unused_data
    return bytes(unpacked)
