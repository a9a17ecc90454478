"""Writing a change request, one edit a line."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from rapport._rapport import ChangeRequest, Money
from rapport.files import document


def _written(value: object) -> object:
    """A value as documents spell it: timedelta, date, datetime and Money as text, what holds them too."""
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 60}m" if seconds % 60 == 0 else f"{seconds / 60}m"
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            raise ValueError(f"{value!r} has a time zone; give the plan's own time without one")
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Money):
        return str(value)
    if isinstance(value, dict):
        return {name: _written(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_written(each) for each in value]
    return value


class Change:
    """A change somebody asks for.

    The first word of ``title`` is its id: ``Change("CR-17 redesign the pier foundation")``. Each
    method adds one edit and returns the change, so that calls can be chained. Targets are looked up
    when the change is assessed.
    """

    def __init__(self, title: str, *, by: str = "", reason: str = "", answer_by: str | date = "") -> None:
        key, _, rest = title.partition(" ")
        self._document: dict[str, Any] = {"id": key, "title": rest or key, "edits": []}
        given = {"by": by, "reason": reason, "answer_by": _written(answer_by)}
        self._document.update({name: value for name, value in given.items() if value})

    @staticmethod
    def from_file(path: str | Path) -> ChangeRequest:
        """The change in a JSON file.

        Raises ParseError naming the edit that is wrong, InvalidInput where it is no text, OSError.
        """
        return ChangeRequest.from_json(document(path), str(path))

    def edit(self, **fields: Any) -> Change:
        """Any edit of the document form: ``edit(activity="A1040", add_work="96h")``.

        Working time may be a timedelta, a date a date or datetime, an amount Money.
        """
        self._document["edits"].append(_written(fields))
        return self

    def requirement(self, key: str, *, magnitude: float = 1.0, text: str = "") -> Change:
        """A requirement changes by a share of itself, 0 to 1."""
        return self.edit(requirement=key, magnitude=magnitude, **({"text": text} if text else {}))

    def drop_requirement(self, key: str) -> Change:
        """A need falls away."""
        return self.edit(requirement=key, remove=True)

    def work(
        self,
        activity: str,
        *,
        add: str | timedelta | None = None,
        set: str | timedelta | None = None,
        scale: float | None = None,
    ) -> Change:
        """More or less to do: duration and assigned effort change. ``add="12d"``, ``set="96h"``."""
        return self._amount(activity, "work", add, set, scale)

    def duration(
        self,
        activity: str,
        *,
        add: str | timedelta | None = None,
        set: str | timedelta | None = None,
        scale: float | None = None,
    ) -> Change:
        """It takes longer or shorter, with the same effort."""
        return self._amount(activity, "duration", add, set, scale)

    def cost(self, activity: str, *, add: str | Money, account: str = "") -> Change:
        """An extra cost: ``add="12000.00 EUR"``."""
        return self.edit(activity=activity, add_cost=add, **({"cost_account": account} if account else {}))

    def rate(self, resource: str, *, scale: float) -> Change:
        """A price rises or falls by a factor."""
        return self.edit(resource=resource, scale_rate=scale)

    def constraint(self, activity: str, *, kind: str, date: str | date | None = None) -> Change:
        """Another constraint: ``kind="start_no_earlier_than", date="2027-03-01"``."""
        return self.edit(activity=activity, constraint={"kind": kind, **({"date": date} if date else {})})

    def add_link(
        self, predecessor: str, successor: str, *, type: str = "FS", lag: str | timedelta = ""
    ) -> Change:
        """A new link; ``lag`` as in ``"16h"``, ``"16eh"`` (elapsed), ``"50%"`` or ``"50e%"``."""
        link = {"predecessor": predecessor, "successor": successor, "type": type}
        return self.edit(add_link={**link, **({"lag": lag} if lag else {})})

    def remove_link(self, predecessor: str, successor: str, *, type: str = "FS") -> Change:
        """A link goes."""
        return self.edit(remove_link={"predecessor": predecessor, "successor": successor, "type": type})

    def add_activity(self, key: str, **fields: Any) -> Change:
        """A new activity; fields as in the facts document: ``name="…", duration="40h"``."""
        return self.edit(add_activity={"key": key, **fields})

    def remove_activity(self, key: str) -> Change:
        """An activity goes; its predecessors then hold its successors."""
        return self.edit(activity=key, remove=True)

    def to_json(self) -> str:
        """The document, as the command line reads it."""
        return json.dumps(self._document, ensure_ascii=False, indent=2)

    def request(self) -> ChangeRequest:
        """The checked request. Raises ParseError naming the edit that is wrong."""
        return ChangeRequest.from_json(self.to_json())

    def _amount(
        self,
        activity: str,
        what: str,
        add: str | timedelta | None,
        new: str | timedelta | None,
        scale: float | None,
    ) -> Change:
        given = {"add": add, "set": new, "scale": scale}
        chosen = {f"{name}_{what}": value for name, value in given.items() if value is not None}
        if len(chosen) != 1:
            raise TypeError(f"give one of add, set and scale for the {what} of {activity}")
        return self.edit(activity=activity, **chosen)

    def __repr__(self) -> str:
        edits = len(self._document["edits"])
        return f"<Change {self._document['id']} {self._document['title']}: {edits} edits>"
