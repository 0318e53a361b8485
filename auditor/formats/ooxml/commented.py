"""A copy of a Word file with comments and tracked changes: only the parts that change are written anew."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from auditor.errors import RenderError
from auditor.formats.ooxml.names import PACKAGE_RELS_NS, R_NS, STRICT, W_NS, Element, P, R, T, w
from auditor.formats.ooxml.package import parse_xml
from auditor.formats.ooxml.revise import Author

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_COMMENTS_REL = f"{R_NS}/comments"
_STRICT_REL = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a comment: words, the first ``bold`` characters of them bold."""

    text: str
    bold: int = 0


class CommentedCopy:
    """A Word file open for comments and changes to its main part. Raises RenderError for a file that is none."""

    def __init__(self, data: bytes, path: str) -> None:
        self._path = path
        self._changed: dict[str, bytes] = {}
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError) as error:
            raise RenderError(f"{path}: cannot be opened as a Word file: {error}") from error
        self.part = self._main()
        blob = self._zip.read(self.part)
        root = parse_xml(blob)
        if root is None:
            raise RenderError(f"{path}: its document part is not XML")
        self._strict = any(name in blob for name in STRICT)
        self.root: Element = root
        self._comments_name, self._comments = self._open_comments()
        used = [int(one.get(w("id"), "0")) for one in self._comments.iter(w("comment"))]
        self._next = max(used, default=-1) + 1

    @property
    def next_change(self) -> int:
        """A number above those of all changes, bookmarks and comments that the part has."""
        numbers = (one.get(w("id"), "") for one in self.root.iter(etree.Element))
        return max((int(n) for n in numbers if re.fullmatch(r"\d{1,9}", n)), default=0) + 1

    def add_comment(self, lines: Sequence[Line], author: Author) -> str:
        """Add a comment and give its id, to be anchored."""
        number = str(self._next)
        self._next += 1
        comment = etree.SubElement(self._comments, w("comment"))
        comment.set(w("id"), number)
        comment.set(w("author"), author.name)
        comment.set(w("initials"), author.initials)
        if author.date:
            comment.set(w("date"), author.date)
        for line in lines:
            paragraph = etree.SubElement(comment, P)
            for text, bold in ((line.text[: line.bold], True), (line.text[line.bold :], False)):
                if text:
                    _write(paragraph, text, bold)
        return number

    def save(self) -> bytes:
        """The copy: parts that were not touched are byte for byte those of the source."""
        changed = dict(self._changed)
        changed[self.part] = self._xml(self.root)
        changed[self._comments_name] = self._xml(self._comments)
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
            for info in self._zip.infolist():
                data = changed.pop(info.filename) if info.filename in changed else self._zip.read(info)
                copied = zipfile.ZipInfo(info.filename, info.date_time)
                copied.compress_type, copied.external_attr = zipfile.ZIP_DEFLATED, info.external_attr
                out.writestr(copied, data)
            for name, data in changed.items():
                fresh = zipfile.ZipInfo(name, _EPOCH)
                fresh.compress_type = zipfile.ZIP_DEFLATED
                out.writestr(fresh, data)
        return target.getvalue()

    def _xml(self, root: Element) -> bytes:
        blob: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        if self._strict:
            for strict, transitional in STRICT.items():
                blob = blob.replace(transitional + b'"', strict + b'"')
        return blob

    def _relations(self, source: str) -> tuple[str, Element | None]:
        folder, base = posixpath.split(source)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        return name, parse_relations(self._zip.read(name)) if name in self._zip.namelist() else None

    def _main(self) -> str:
        _, relations = self._relations("")
        for one in relations.iter(f"{{{PACKAGE_RELS_NS}}}Relationship") if relations is not None else ():
            if str(one.get("Type", "")).endswith("/officeDocument"):
                name = str(one.get("Target", "")).lstrip("/")
                if name in self._zip.namelist():
                    return name
        raise RenderError(f"{self._path}: has no document part to comment on")

    def _open_comments(self) -> tuple[str, Element]:
        name, relations = self._relations(self.part)
        if relations is None:
            relations = etree.Element(f"{{{PACKAGE_RELS_NS}}}Relationships", nsmap={None: PACKAGE_RELS_NS})
        folder = posixpath.dirname(self.part)
        for one in relations.iter(f"{{{PACKAGE_RELS_NS}}}Relationship"):
            if str(one.get("Type", "")).endswith("/comments"):
                target = str(one.get("Target", ""))
                found = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                root = parse_xml(self._zip.read(found)) if found in self._zip.namelist() else None
                if root is not None:
                    return found, root
        fresh = posixpath.join(folder, "comments.xml")
        taken = {n.lower() for n in self._zip.namelist()}
        while fresh.lower() in taken:
            fresh = fresh.replace(".xml", "1.xml")
        self._relate(name, relations, posixpath.basename(fresh))
        self._declare(fresh)
        return fresh, etree.Element(w("comments"), nsmap={"w": W_NS})

    def _relate(self, name: str, relations: Element, target: str) -> None:
        ids = {one.get("Id") for one in relations}
        number = next(n for n in range(1, len(ids) + 2) if f"rId{n}" not in ids)
        one = etree.SubElement(relations, f"{{{PACKAGE_RELS_NS}}}Relationship")
        one.set("Id", f"rId{number}")
        one.set("Type", _STRICT_REL if self._strict else _COMMENTS_REL)
        one.set("Target", target)
        self._early(name, relations)

    def _declare(self, part: str) -> None:
        types = parse_relations(self._zip.read("[Content_Types].xml"))
        if types is None:
            raise RenderError(f"{self._path}: has no readable list of content types")
        one = etree.SubElement(types, f"{{{_TYPES}}}Override")
        one.set("PartName", f"/{part}")
        one.set("ContentType", _COMMENTS_TYPE)
        self._early("[Content_Types].xml", types)

    def _early(self, name: str, root: Element) -> None:
        self._changed[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def parse_relations(blob: bytes) -> Element | None:
    """A package's own XML, names as they are."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    return etree.fromstring(blob, parser)


def _write(paragraph: Element, text: str, bold: bool) -> None:
    run = etree.SubElement(paragraph, R)
    if bold:
        etree.SubElement(etree.SubElement(run, w("rPr")), w("b"))
    written = etree.SubElement(run, T)
    written.text = text
    written.set(_SPACE, "preserve")
