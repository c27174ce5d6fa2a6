"""Python's own module for Zstandard, which versions before 3.14 get from a backport."""

from __future__ import annotations

import sys

if sys.version_info >= (3, 14):
    from compression.zstd import (
        CompressionParameter,
        ZstdDecompressor,
        ZstdDict,
        ZstdError,
        ZstdFile,
        compress,
        decompress,
    )
else:
    from backports.zstd import (
        CompressionParameter,
        ZstdDecompressor,
        ZstdDict,
        ZstdError,
        ZstdFile,
        compress,
        decompress,
    )

__all__ = ["CompressionParameter", "ZstdDecompressor", "ZstdDict", "ZstdError", "ZstdFile", "compress", "decompress"]
