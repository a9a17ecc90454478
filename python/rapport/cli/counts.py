"""Counts in CSV: a cell that is missing, shifted or no number is named with its line, never read as none."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import NoReturn

import rapport as rp
from rapport.files import document


@dataclass
class Row:
    """One line below the head, with as many cells as the head."""

    file: Path
    line: int
    cells: dict[str, str]

    def fault(self, what: str) -> NoReturn:
        raise rp.InvalidInput(f"{self.file}, line {self.line}: {what}")

    def name(self, column: str) -> str:
        return self.cells[column] or self.fault(f"{column} is empty; give its name")

    def number(self, column: str, *, empty: float | None = None) -> float:
        """At least zero; `empty` where the cell is so, which else is a fault."""
        text = self.cells[column]
        if not text:
            if empty is None:
                self.fault(f"{column} is empty; write 0 for none")
            return empty
        try:
            value = float(text)
        except ValueError:
            self.fault(f"{column} is {text!r}, which is no number; write one like 1.5")
        if not (math.isfinite(value) and value >= 0):
            self.fault(f"{column} is {text}; give a number that is not below zero")
        return value


def rows_of(file: Path) -> tuple[list[str], list[Row]]:
    """The head, and the rows below it."""
    lines = csv.reader(StringIO(document(file), newline=""))
    head: list[str] = []
    rows = []
    try:
        for each in lines:
            cells = [cell.strip() for cell in each]
            if not any(cells):
                continue
            if not head:
                head = cells
                check_head(file, head)
                continue
            if len(cells) != len(head):
                raise rp.InvalidInput(
                    f"{file}, line {lines.line_num} has {len(cells)} cells for {len(head)} columns; "
                    "decimals have a point, and a name with a comma stands in quotes"
                )
            rows.append(Row(file, lines.line_num, dict(zip(head, cells, strict=True))))
    except csv.Error as fault:
        raise rp.InvalidInput(f"{file}, line {lines.line_num} is no CSV: {fault}") from None
    if not rows:
        raise rp.InvalidInput(f"{file} holds no rows below its head")
    return head, rows


def check_head(file: Path, head: list[str]) -> None:
    for at, column in enumerate(head):
        if not column:
            raise rp.InvalidInput(f"{file}: column {at + 1} has no name; give it one, or leave it out")
        if column in head[:at]:
            raise rp.InvalidInput(f"{file}: there are two columns {column!r}; give each its own name")


def check_columns(file: Path, head: list[str], known: list[str], *, needed: list[str]) -> None:
    for column in head:
        if column not in known:
            raise rp.InvalidInput(f"{file}: there is no column {column!r}; they may be {', '.join(known)}")
    for column in needed:
        if column not in head:
            raise rp.InvalidInput(f"{file}: the column {column!r} is missing; give {', '.join(needed)}")


def names_of(rows: list[Row], column: str) -> list[str]:
    """Of the rows, each once."""
    names: list[str] = []
    for row in rows:
        name = row.name(column)
        if name in names:
            row.fault(f"{name!r} stands in line {rows[names.index(name)].line} already; give each one row")
        names.append(name)
    return names
