"""Opens a Word file without trusting it: sizes bounded, entities left alone, nothing fetched."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field

from auditor.errors import ReadingError
from auditor.formats.ooxml.names import PACKAGE_RELS_NS, R_NS, STRICT, Element, w

#: Bytes a single XML part may unpack to; a lxml tree costs up to ten times as much memory.
MAX_PART = 60_000_000
#: Bytes a whole package may unpack to before python-docx, which unpacks everything, is passed by.
MAX_PACKAGE = 200_000_000
MAX_ENTRIES = 20_000
#: Deeper trees than this come from fuzzers only and would exhaust the stack of recursive walks.
MAX_DEPTH = 250

_MAGIC = (
    (b"\x89PNG", "is a PNG picture"),
    (b"\xff\xd8\xff", "is a JPEG picture"),
    (b"GIF8", "is a GIF picture"),
    (b"BM", "is a BMP picture"),
    (b"II*\0", "is a TIFF picture"),
    (b"MM\0*", "is a TIFF picture"),
    (b"%PDF", "is a PDF file"),
    (b"{\\rtf", "is an RTF file"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One XML part: its name in the package (no leading slash) and its root element."""

    name: str
    root: Element


@dataclass(slots=True)
class Package:
    """A Word file that opened: ``main`` is the document part, ``related`` its parts by relationship kind
    ("styles", "numbering", "footnotes", "header" …), ``notes`` what had to be forgiven."""

    main: Part
    related: dict[str, list[Part]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    chunks: int = 0

    def one(self, kind: str) -> Part | None:
        """The first related part of a kind."""
        parts = self.related.get(kind, [])
        return parts[0] if parts else None


def _refuse_other_files(data: bytes, path: str) -> None:
    if not data:
        raise ReadingError(f"{path}: the file is empty")
    if data[:4] == b"\xd0\xcf\x11\xe0":
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise ReadingError(f"{path}: protected by a password; save a copy without it")
        raise ReadingError(f"{path}: an old binary Word or Office file; save it as .docx")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise ReadingError(f"{path}: {what}, not a Word file; give it its right ending")
    if data[:2] != b"PK":
        raise ReadingError(f"{path}: not a Word file (no zip archive); save it again as .docx")


def parse_xml(blob: bytes, notes: list[str] | None = None, name: str = "") -> Element | None:
    """The root of an XML part, Strict names made Transitional; a broken part is recovered as far as
    possible and noted; None when nothing could be. Entities are never expanded, nothing is fetched."""
    from lxml import etree

    for strict, transitional in STRICT.items():
        if strict in blob:
            blob = blob.replace(strict, transitional)
    for recover in (False, True):
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover
        )
        try:
            root = etree.fromstring(blob, parser)
        except (etree.XMLSyntaxError, ValueError):
            continue
        if root is not None:
            if recover and notes is not None:
                notes.append(f"{name}: broken XML, read as far as it could be recovered")
            return root
    return None


class _Archive:
    """Bounded reading of zip entries by normalised name."""

    def __init__(self, data: bytes, path: str) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
            raise ReadingError(
                f"{path}: damaged or cut short (broken zip archive); fetch it again"
            ) from error
        if len(infos) > MAX_ENTRIES:
            raise ReadingError(f"{path}: refused, {len(infos)} entries in its archive look like a zip bomb")
        self._path = path
        self._infos = {i.filename.replace("\\", "/").lstrip("/").lower(): i for i in infos}
        self.size = sum(info.file_size for info in infos)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._infos

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._infos)

    def read(self, name: str) -> bytes | None:
        """The bytes of an entry; None when it is missing or damaged."""
        info = self._infos.get(name.lower())
        if info is None:
            return None
        if info.flag_bits & 1:
            raise ReadingError(f"{self._path}: protected by a password; save a copy without it")
        if info.file_size > MAX_PART:
            raise ReadingError(f"{self._path}: refused, {name} unpacks to {info.file_size:,} bytes")
        try:
            with self._zip.open(info) as stream:
                return stream.read(MAX_PART)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, EOFError, ValueError):
            return None


def _relationships(archive: _Archive, source: str) -> list[tuple[str, str]]:
    folder, base = posixpath.split(source)
    blob = archive.read(posixpath.join(folder, "_rels", f"{base}.rels"))
    root = parse_xml(blob) if blob else None
    found = []
    for rel in root.iter(f"{{{PACKAGE_RELS_NS}}}Relationship") if root is not None else ():
        target = str(rel.get("Target") or "")
        if not target or rel.get("TargetMode") == "External":
            continue
        joined = target if target.startswith("/") else posixpath.join("/", folder, target)
        found.append((str(rel.get("Type") or "").rsplit("/", 1)[-1], posixpath.normpath(joined).lstrip("/")))
    return found


def _main_name(archive: _Archive, path: str) -> str:
    for kind, target in _relationships(archive, ""):
        if kind == "officeDocument" and target in archive:
            return target
    if "word/document.xml" in archive:
        return "word/document.xml"
    for prefix, what in (
        ("xl/", "a spreadsheet"),
        ("ppt/", "a presentation"),
        ("content.xml", "OpenDocument"),
    ):
        if any(name.startswith(prefix) for name in archive.names):
            raise ReadingError(f"{path}: {what}, not a Word file; export its text as .docx")
    raise ReadingError(f"{path}: not a Word file (an archive without a document part)")


def _by_python_docx(data: bytes, archive: _Archive) -> tuple[str, Element] | None:
    """Name and root of the document part as python-docx opens it; None where it refuses the file."""
    if archive.size > MAX_PACKAGE:
        return None
    import docx

    try:
        part = docx.Document(io.BytesIO(data)).part
        return str(part.partname).lstrip("/"), part.element
    # python-docx has no common error class: KeyError, ValueError, lxml and zip errors all come out of it.
    except Exception:
        return None


def _by_zip(archive: _Archive, path: str, notes: list[str]) -> tuple[str, Element]:
    name = _main_name(archive, path)
    blob = archive.read(name)
    if blob is None:
        raise ReadingError(f"{path}: damaged, its document part cannot be unpacked; fetch it again")
    root = parse_xml(blob, notes, name)
    if root is None:
        raise ReadingError(f"{path}: damaged, its document part is not XML; open and save it in Word")
    notes.append("python-docx refuses this file; its XML was read directly")
    return name, root


def _depth_within(root: Element, limit: int) -> bool:
    from lxml import etree

    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limit:
            return False
    return True


def open_package(data: bytes, path: str) -> Package:
    """Opens a .docx, .docm or Strict file from its bytes.

    Raises :class:`ReadingError` with one line saying why for encrypted, old, renamed, broken, oversized and
    foreign files.
    """
    _refuse_other_files(data, path)
    archive = _Archive(data, path)
    notes: list[str] = []
    if not archive.names:
        raise ReadingError(f"{path}: an empty archive, not a Word file")
    name, root = _by_python_docx(data, archive) or _by_zip(archive, path, notes)
    if root.tag != w("document") or root.find(w("body")) is None:
        raise ReadingError(f"{path}: not a Word document (its main part has no body)")
    if not _depth_within(root, MAX_DEPTH):
        raise ReadingError(f"{path}: refused, its elements are nested more than {MAX_DEPTH} deep")
    package = Package(Part(name, root), notes=notes)
    package.chunks = sum(1 for _ in root.iter(w("altChunk")))
    _load_related(package, archive)
    return package


_KINDS = {"styles", "numbering", "footnotes", "endnotes", "header", "footer", "comments", "settings"}


def _load_related(package: Package, archive: _Archive) -> None:
    seen = set()
    for kind, target in _relationships(archive, package.main.name):
        if kind not in _KINDS or target in seen:
            continue
        seen.add(target)
        blob = archive.read(target)
        root = parse_xml(blob, package.notes, target) if blob else None
        if root is None:
            package.notes.append(f"{target}: missing or damaged, left out")
        elif _depth_within(root, MAX_DEPTH):
            package.related.setdefault(kind, []).append(Part(target, root))


#: The attribute by which document parts cite relationships.
REL_ID = f"{{{R_NS}}}id"
