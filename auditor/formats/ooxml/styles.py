"""What a style says: outline level, numbering, and the few character properties that reading needs."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.formats.ooxml.names import Element, child, number, switch, value, w

#: Character properties that cancel out between paragraph and character style (ECMA-376 part 1, 17.7.3).
TOGGLES = ("b", "caps", "vanish", "strike", "dstrike", "specVanish")


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks: ``size`` is in half points (0 unknown)."""

    bold: bool = False
    caps: bool = False
    hidden: bool = False
    struck: bool = False
    underlined: bool = False
    size: int = 0


class Styles:
    """Styles of a document, each looked up through what it is based on."""

    def __init__(self, root: Element | None) -> None:
        self._by_id: dict[str, Element] = {}
        self._default = ""
        self._doc_rpr: Element | None = None
        self._looks: dict[tuple[str, str], dict[str, bool | int]] = {}
        if root is None:
            return
        for style in root.iter(w("style")):
            self._by_id.setdefault(value(style, "styleId"), style)
            if value(style, "type") == "paragraph" and value(style, "default") in {"1", "true"}:
                self._default = value(style, "styleId")
        self._doc_rpr = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")

    @property
    def default(self) -> str:
        """The id of the default paragraph style, "" if none is named."""
        return self._default

    def chain(self, style_id: str) -> list[Element]:
        """The style and all it is based on, nearest first."""
        found: list[Element] = []
        style = self._by_id.get(style_id)
        while style is not None and len(found) < 20 and style not in found:
            found.append(style)
            style = self._by_id.get(value(child(style, "basedOn")))
        return found

    def name(self, style_id: str) -> str:
        """The style's built-in name in lower case ("heading 1"), its id where it has none."""
        style = self._by_id.get(style_id)
        return (
            value(child(style, "name"), default=style_id).lower() if style is not None else style_id.lower()
        )

    def paragraph_property(self, style_id: str, name: str) -> tuple[Element | None, str]:
        """The nearest ``w:pPr`` child called ``name`` and the id of the style that says so."""
        for style in self.chain(style_id):
            found = child(child(style, "pPr"), name)
            if found is not None:
                return found, value(style, "styleId")
        return None, ""

    def numbering_style(self, style_id: str) -> str:
        """The ``numId`` that a numbering style points to, "" if none."""
        return value(child(child(child(self._by_id.get(style_id), "pPr"), "numPr"), "numId"))

    def _style_says(self, style_id: str, name: str) -> bool | int | None:
        for style in self.chain(style_id):
            found = child(child(style, "rPr"), name)
            if found is not None:
                return number(found) if name == "sz" else bool(switch(found))
        return None

    def _says(self, paragraph_style: str, run_style: str) -> dict[str, bool | int]:
        key = (paragraph_style, run_style)
        if key not in self._looks:
            said: dict[str, bool | int] = {}
            for name in TOGGLES:
                default = bool(switch(child(self._doc_rpr, name)))
                by_paragraph = self._style_says(paragraph_style, name)
                by_run = self._style_says(run_style, name)
                if by_paragraph is None and by_run is None:
                    said[name] = default
                else:
                    said[name] = bool(by_paragraph) != bool(by_run)
            size = self._style_says(run_style, "sz") or self._style_says(paragraph_style, "sz")
            said["sz"] = size or number(child(self._doc_rpr, "sz"))
            said["u"] = bool(self._style_says(run_style, "u") or self._style_says(paragraph_style, "u"))
            self._looks[key] = said
        return self._looks[key]

    def look(self, rpr: Element | None, paragraph_style: str) -> Look:
        """The look of a run (or of a paragraph mark) from its own properties and both styles."""
        said = self._says(paragraph_style or self._default, value(child(rpr, "rStyle")))

        def on(name: str) -> bool:
            direct = switch(child(rpr, name))
            return bool(said[name]) if direct is None else direct

        hidden = on("vanish") and not on("specVanish")
        size = number(child(rpr, "sz")) or int(said["sz"])
        return Look(on("b"), on("caps"), hidden, on("strike") or on("dstrike"), on("u"), size)
