"""Reports as files."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from rapport._rapport import Impact, RiskRegister


def report(
    of: Impact | RiskRegister,
    path: str | Path,
    *,
    language: str = "en",
    copy: Literal["internal", "client"] = "internal",
) -> Path:
    """Writes one self-contained page (``.html``) or a text for mail (``.md``) and returns its path.

    A register has no client copy: asking for one raises ValueError.
    """
    target = Path(path)
    if target.suffix not in {".html", ".md"}:
        raise ValueError(f"{target}: reports are written as .html or .md")
    if isinstance(of, RiskRegister):
        if copy == "client":
            raise ValueError("the risk register is internal; it has no client copy")
        text = (
            of.to_html(language=language) if target.suffix == ".html" else of.to_markdown(language=language)
        )
    elif target.suffix == ".html":
        text = of.to_html(language=language, copy=copy)
    else:
        text = of.to_markdown(language=language, copy=copy)
    target.write_text(text, encoding="utf-8")
    return target
