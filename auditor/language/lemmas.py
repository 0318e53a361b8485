"""A generous guess at the lemmas a word form may have, made without a parse.

The scan before parsing relies on it: the encoder keeps a parsed lemma only if it is among these, so what the
scan passes over, the parse could not have matched either.
"""

from __future__ import annotations

from collections.abc import Mapping

_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("ying", "y"), ("ying", "ie"), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"),
    ("es", ""), ("es", "e"), ("s", ""), ("er", ""), ("er", "e"), ("est", ""), ("est", "e"), ("ier", "y"),
    ("iest", "y"), ("ves", "f"), ("ves", "fe"), ("men", "man"), ("'s", ""), ("’s", ""), ("n't", ""), ("n’t", ""),
)  # fmt: skip

_SHORT = {
    "'s": ("be", "have"), "'re": ("be",), "'m": ("be",), "'ve": ("have",), "'d": ("would", "have"),
    "'ll": ("will",), "n't": ("not",), "wo": ("will",), "ca": ("can",), "sha": ("shall",),
}  # fmt: skip
"""What is left of a word in a contraction, and the lemmas it may stand for."""


def candidates(form: str, irregular: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Every lemma that the lower-case ``form`` may have, itself included."""
    found = {form, *irregular.get(form, ()), *_SHORT.get(form, ())}
    for ending, instead in _ENDINGS:
        if len(form) > len(ending) + 1 and form.endswith(ending):
            stem = form[: -len(ending)] + instead
            found.add(stem)
            if (
                ending in ("ing", "ed", "er", "est")
                and not instead
                and len(stem) > 2
                and stem[-1] == stem[-2]
            ):
                found.add(stem[:-1])
    return frozenset(found)


def settle(
    form: str, lemma: str, pos: str, irregular: Mapping[str, frozenset[str]], spelling: Mapping[str, str]
) -> str:
    """The lemma to match by: the parsed one where it is plausible, and the singular of a proper noun's plural.

    ``spelling`` is what the parser read instead of a word's own spelling; its lemma is given back in that.
    """
    options = candidates(form, irregular)
    if pos == "PROPN" and lemma == form and form.endswith("s") and not form.endswith("ss"):
        return form[:-1]
    if lemma in options:
        return lemma
    return min((option for option in options if spelling.get(option) == lemma), key=len, default=form)
