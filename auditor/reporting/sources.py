"""The source of a document, opened again for a report that annotates it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from auditor.errors import RenderError
from auditor.model.document import Document

Load = Callable[[str], bytes]


def from_disk(path: str) -> bytes:
    """The bytes of a file."""
    return Path(path).read_bytes()


def unchanged_source(document: Document, load: Load = from_disk) -> bytes:
    """The bytes that were audited. Raises RenderError if the file is gone or has changed since."""
    try:
        data = load(document.path)
    except OSError as error:
        reason = error.strerror or error
        raise RenderError(f"{document.path}: cannot be opened again to annotate it: {reason}") from error
    if hashlib.sha256(data).hexdigest() != document.sha256:
        raise RenderError(f"{document.path}: has changed since the audit; audit it again to annotate it")
    return data
