"""The built-in pack, its language and its phrasebook, made once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auditor.pipeline.cache import ResultCache
from auditor.pipeline.knowledge import knowledge
from auditor.pipeline.settings import Settings
from auditor.pipeline.stages import Examined, Workshop, clause_tree
from auditor.rewriting.deeds import Grammar
from auditor.rewriting.nouns import Casing
from auditor.rewriting.phrasebook import phrasebook
from auditor.rewriting.scene import Scene
from auditor.rewriting.seeks import seek
from auditor.rewriting.sentence import Sentence, sentence_of


@pytest.fixture(scope="session")
def tools() -> Workshop:
    settings = Settings()
    return Workshop(knowledge(settings, ResultCache(None)), settings)


@pytest.fixture(scope="session")
def grammar(tools: Workshop) -> Grammar:
    book = phrasebook(tools.pack)
    return Grammar(book, Casing(frozenset(), frozenset(), book.known))


@pytest.fixture(scope="session")
def sentence(tools: Workshop) -> Callable[..., Sentence]:
    """A clause, with its lead-in, as a tree."""
    from auditor.language import load_language

    language = load_language(tools.pack)

    def read(text: str, lead_in: str = "") -> Sentence:
        readings, _ = language.read(clause_tree(text, (), lead_in), parse_all=True)
        return sentence_of(readings[-1])

    return read


@pytest.fixture(scope="session")
def scene(sentence: Callable[..., Sentence], grammar: Grammar) -> Callable[..., Scene]:
    """What a clause says; everything in it counts as evidence."""

    def look(text: str, lead_in: str = "", kind: str = "approval") -> Scene:
        s = sentence(text, lead_in)
        return seek(kind, s, None, frozenset(range(s.own, len(s.tokens))), grammar)

    return look


@pytest.fixture(scope="session")
def examine(tools: Workshop) -> Callable[..., Examined]:
    """A clause examined by itself, below its heading and its lead-in."""

    def run(text: str, lead_in: str = "", heading: str = "") -> Examined:
        return tools.examine(clause_tree(text, (heading,) if heading else (), lead_in))

    return run


@pytest.fixture(scope="session")
def rewritten(examine: Callable[..., Examined]) -> Callable[..., str]:
    """The wording proposed for a clause ("" if none)."""

    def run(text: str, lead_in: str = "", heading: str = "") -> str:
        return next((r.text for r in examine(text, lead_in, heading).rewrites if r.text), "")

    return run
