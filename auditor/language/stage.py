"""The stage: a clause tree in, readings and facts out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from auditor.errors import PackError
from auditor.language.context import Context
from auditor.language.encoding import Encoded, Encoder, Limits
from auditor.language.frames import Form, Frame, compile_frames
from auditor.language.parser import irregular_lemmas, parse
from auditor.language.parts import parts_of
from auditor.language.patterns import PatternError, Triggers
from auditor.language.realise import realise
from auditor.model.clause import Clause, ClauseTree
from auditor.model.fact import Fact
from auditor.model.reading import Reading
from auditor.model.rule import RulePack

_WORDS = re.compile(r"[\w*%$£€#@&'’-]+|[^\w\s]")
_CUTS = tuple(re.compile(cut) for cut in (r"(?=n['’]t\b)|[-/]", r"(?=['’])|[-/]", r"[-/'’]"))
_EMPTY: frozenset[str] = frozenset()
_LIMITS = {"main": "main_currency_limit", "remedy": "customer_remedy_limit", "small": "small_amount_limit"}


class Language:
    """Vocabulary and frames of a pack, compiled; holds no state of any document."""

    def __init__(self, pack: RulePack) -> None:
        spelled = (entry.split("=") for entry in pack.vocabulary.get("spelling", ()))
        self._spelling = {pair[0].strip(): pair[1].strip() for pair in spelled if len(pair) == 2}
        vocabulary = {n: e for n, e in pack.vocabulary.items() if n != "spelling"}
        try:
            self._encoder = Encoder(vocabulary, irregular_lemmas(), _limits(pack), self._spelling)
        except PatternError as error:
            raise PackError((f"{pack.id}/vocabulary: {error}",)) from error
        frames = compile_frames(pack.frames, self._encoder)
        self._on_clauses = tuple(f for f in frames if "clause" in f.on)
        self._owners = tuple(
            (f, form, p) for f in self._on_clauses for form in f.forms for p in form.patterns
        )
        self._triggers = Triggers([pattern for _, _, pattern in self._owners])
        self._on_headings = tuple(f for f in frames if "heading" in f.on)

    def read(
        self, tree: ClauseTree, *, parse_all: bool = False
    ) -> tuple[tuple[Reading, ...], tuple[Fact, ...]]:
        """The readings of the clauses worth parsing and all facts of the tree, in document order.

        A clause is parsed if some form could match its words; ``parse_all`` parses every one, which
        may add readings but no facts. Lead-ins are read with their items only.
        """
        clauses = [c for c in tree.clauses if c.kind != "lead-in"]
        texts = [_combined(c) for c in clauses]
        wanted = {t: self._candidates(t) for t in dict.fromkeys(texts)}
        chosen = [t for t, forms in wanted.items() if forms or parse_all]
        parsed = dict(zip(chosen, parse(chosen, self._spelling), strict=True))
        headings = self._headings(tree)
        frames = [f for f in self._on_headings if "clause" in f.on]
        told = {h: tuple(_matching(frames, encoded)) for h, encoded in headings.items()}
        readings: list[Reading] = []
        facts: list[Fact] = list(self._section_facts(tree, headings))
        for clause, text in zip(clauses, texts, strict=True):
            if not parsed.get(text):
                facts += _reaching(clause, told)
                continue
            encoded = self._encoder.encode(parsed[text])
            own = len(text) - len(clause.text)
            reading = Reading(clause.id, text, own, encoded.tokens, parts_of(encoded.tokens))
            readings.append(reading)
            facts += realise(_context(clause, reading, encoded, headings), wanted[text])
            facts += _reaching(clause, told)
        return tuple(readings), tuple(replace(f, id=str(i)) for i, f in enumerate(facts))

    def _candidates(self, text: str) -> Mapping[Frame, tuple[Form, ...]]:
        words = [w.lower().replace("’", "'") for w in _pieces(text)]
        keys, mask = self._encoder.possible_keys(words)
        tried = {*self._triggers.always, *self._triggers.of(keys)}
        chosen = {self._owners[at][1] for at in tried if self._owners[at][2].possible(mask)}
        found: dict[Frame, tuple[Form, ...]] = {}
        for frame in self._on_clauses:
            forms = tuple(form for form in frame.forms if form in chosen)
            if forms:
                found[frame] = forms
        return found

    def _headings(self, tree: ClauseTree) -> Mapping[str, Encoded]:
        # A run-in heading belongs to its clause alone and stands in no section.
        sections = (h for s in tree.sections for h in s.heading)
        texts = list(dict.fromkeys([*sections, *(h for c in tree.clauses for h in c.heading)]))
        # Headings are cased as titles, which makes every noun a name to the tagger.
        parsed = parse([t.lower() for t in texts], self._spelling)
        return {t: self._encoder.encode(tokens) for t, tokens in zip(texts, parsed, strict=True)}

    def _section_facts(self, tree: ClauseTree, headings: Mapping[str, Encoded]) -> Iterable[Fact]:
        frames = [f for f in self._on_headings if "clause" not in f.on]
        for section in tree.sections:
            for heading in section.heading[-1:]:
                for frame, form, _ in _matching(frames, headings[heading]):
                    yield Fact(
                        "", frame.kind, "", -1, section.index, tree.document.path, form.fields,
                        source=f"{frame.name}/{form.id}",
                    )  # fmt: skip


def _reaching(clause: Clause, told: Mapping[str, Sequence[tuple[Frame, Form, str]]]) -> Iterable[Fact]:
    """Facts that reach the clause from its nearest heading, and from those further up by forms that say so:
    a chapter reaches only what it is wholly about."""
    for up, heading in enumerate(reversed(clause.heading)):
        for frame, form, words in told[heading]:
            fields = {**dict(form.fields), "reach": "heading", "words": words}
            if up and not fields.get("whole"):
                continue
            yield Fact(
                "", frame.kind, clause.id, -1, clause.section, clause.location.path,
                tuple(sorted(fields.items())), source=f"{frame.name}/{form.id}",
            )  # fmt: skip


def _matching(frames: Sequence[Frame], encoded: Encoded) -> Iterable[tuple[Frame, Form, str]]:
    for frame in frames:
        for form in frame.forms:
            if form.where:
                continue
            hit = next((m for p in form.patterns for m in encoded.matches(p)), None)
            if hit:
                yield frame, form, " ".join(t.text for t in encoded.tokens[hit[0] : hit[1]])


def _limits(pack: RulePack) -> Limits:
    return Limits(**{name: float(pack.options[key]) for name, key in _LIMITS.items() if key in pack.options})


def _combined(clause: Clause) -> str:
    lead = clause.lead_in.rstrip().rstrip(":").rstrip()
    # Headers of a table say what its cells mean: "Action: refunds; approved by: the manager".
    headers = "; ".join(c.header.strip() for c in clause.cells if c.header.strip())
    lead = " ".join(part for part in (lead, headers) if part)
    return f"{lead} {clause.text}" if lead else clause.text


def _pieces(text: str) -> list[str]:
    """Words as any tokeniser might cut them: whole, at every inner hyphen, slash and apostrophe, and at signs."""
    words = _WORDS.findall(text)
    # Three cuts: before "n't", before "'s" and its like, and one that drops every joint.
    extra = [part for w in words for cut in _CUTS for part in cut.split(w) if part]
    if any(w.lower() == "cannot" for w in words):
        extra += ["can", "not"]
    signs = re.findall(r"[%$£€#@&]", text)
    return [*words, *extra, *signs, *(w.strip("'’-.%$£€#@&*") for w in words)]


def _context(clause: Clause, reading: Reading, encoded: Encoded, headings: Mapping[str, Encoded]) -> Context:
    own = next((i for i, t in enumerate(encoded.tokens) if t.start >= reading.own), 0)
    every = [frozenset().union(*headings[h].classes) for h in clause.heading]
    nearest = every[-1] if every else _EMPTY
    return Context(clause, reading, encoded, own, nearest, _EMPTY.union(*every))


def load_language(pack: RulePack) -> Language:
    """Compile a pack's vocabulary and frames; raises PackError with every mistake found."""
    return Language(pack)
