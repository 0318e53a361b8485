"""The templates, and what keeps a page shut: escaping, and a policy that lets nothing in from outside."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from auditor.reporting.page import words
from auditor.reporting.page.text import visible


def _shown(value: Any) -> Any:
    """Every string that a template prints, with its control characters spelt out."""
    return visible(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates of the pages; everything printed is escaped."""
    env = Environment(
        loader=PackageLoader("auditor.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(
        plural=words.plural,
        severities=words.SEVERITIES,
        statuses=words.STATUSES,
        applicability=words.APPLICABILITY,
        reaches=words.REACHES,
        verdicts=words.VERDICTS,
        bands=words.BANDS,
        guardrails=words.GUARDRAILS,
    )
    return env


def render_page(template: str, scripts: tuple[str, ...], **values: Any) -> str:
    """A template with the style and the scripts that its page carries, and the policy that admits only these."""
    style, script = asset("page.css") + _dark(), "".join(map(asset, scripts))
    return environment().get_template(template).render(
        style=Markup(style), script=Markup(script), policy=policy(style, script), **values
    )  # fmt: skip


def policy(style: str, script: str) -> str:
    """A content security policy under which a page can ask for nothing, and run nothing but its own script."""
    return (
        f"default-src 'none'; style-src {_source(style)}; script-src {_source(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _source(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def asset(name: str) -> str:
    """A file among the templates, as text."""
    return files("auditor.reporting").joinpath(f"templates/{name}").read_text("utf-8")


def _dark() -> str:
    """The dark colours twice: where the reader's system asks for them, and where the reader does."""
    colours = asset("dark.css")
    return (
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{\n{colours}}}}}\n"
        f"@media screen{{:root[data-theme=dark]{{\n{colours}}}}}\n"
    )
