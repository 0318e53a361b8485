"""Numbers written as Word's numbering formats write them (ECMA-376 part 1, 17.18.59)."""

from __future__ import annotations

from collections.abc import Callable

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip
_CHICAGO = "*†‡§"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"


def roman(number: int) -> str:
    """Lower-case Roman numeral; "" below one."""
    out = ""
    for size, sign in _ROMAN:
        while number >= size and len(out) < 60:
            out += sign
            number -= size
    return out


def letters(number: int, alphabet: str = "abcdefghijklmnopqrstuvwxyz") -> str:
    """a … z, aa, bb … as Word counts (the letter repeats, it does not carry); "" below one."""
    if number < 1:
        return ""
    times, rest = divmod(number - 1, len(alphabet))
    return alphabet[rest] * min(times + 1, 60)


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th."""
    tail = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{tail}"


def cardinal_words(number: int) -> str:
    """The number in English words below a thousand; figures from there on."""
    if number < 0 or number > 999:
        return str(number)
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    hundreds, rest = divmod(number, 100)
    return f"{_ONES[hundreds]} hundred" + (f" {cardinal_words(rest)}" if rest else "")


def ordinal_words(number: int) -> str:
    """first, second, twenty-first."""
    words = cardinal_words(number)
    cut = max(words.rfind("-"), words.rfind(" ")) + 1
    last = words[cut:]
    if last in _ORDINALS:
        return words[:cut] + _ORDINALS[last]
    return words[:-1] + "ieth" if last.endswith("y") else f"{words}th"


def _enclosed(number: int) -> str:
    if 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    return str(number)


def in_format(number: int, style: str, pattern: str = "") -> str:
    """``number`` in a Word format name ("lowerRoman"); ``pattern`` is the sample of a custom one ("001, …").

    Formats of other scripts come out in figures."""
    simple: dict[str, Callable[[], str]] = {
        "none": lambda: "",
        "bullet": lambda: "",
        "lowerRoman": lambda: roman(number),
        "upperRoman": lambda: roman(number).upper(),
        "lowerLetter": lambda: letters(number),
        "upperLetter": lambda: letters(number).upper(),
        "ordinal": lambda: ordinal(number),
        "cardinalText": lambda: cardinal_words(number).capitalize(),
        "ordinalText": lambda: ordinal_words(number).capitalize(),
        "decimalZero": lambda: f"{number:02d}",
        "decimalEnclosedCircle": lambda: _enclosed(number),
        "hex": lambda: f"{number:X}",
        "numberInDash": lambda: f"- {number} -",
        "chicago": lambda: letters(number, _CHICAGO),
        "russianLower": lambda: letters(number, _RUSSIAN),
        "russianUpper": lambda: letters(number, _RUSSIAN).upper(),
    }
    if style in simple:
        return simple[style]()
    sample = pattern.split(",", 1)[0].strip()
    if style == "custom" and sample.isdigit():
        return str(number).zfill(len(sample))
    return str(number)
