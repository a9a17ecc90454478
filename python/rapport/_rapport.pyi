"""
Rapport's C++ library in Python; import rapport instead.
"""

from __future__ import annotations
import collections.abc
import datetime
import os
import typing
import typing_extensions

class Error(Exception): ...

class InvalidInput(Error, ValueError):
    diagnostics: list[Diagnostic]

class NotFound(Error, KeyError):
    kind: str
    key: str
    nearest: list[str]

class CycleError(Error, ValueError):
    keys: list[str]

class ParseError(Error, ValueError):
    file: str
    line: int
    column: int

class StoreError(Error, OSError):
    sqlite_code: int

class Cancelled(Error):
    fraction_done: float

class InternalError(Error): ...

__version__: str

class Diagnostic:
    """
    One finding about one place of the input.
    """
    def __repr__(self) -> str: ...
    def __str__(self) -> str: ...
    @property
    def action(self) -> str: ...
    @property
    def column(self) -> int:
        """
        1-based; 0 when unknown.
        """
    @property
    def file(self) -> str: ...
    @property
    def line(self) -> int:
        """
        1-based; 0 when unknown.
        """
    @property
    def message(self) -> str: ...
    @property
    def severity(self) -> str: ...
    @property
    def subject(self) -> str: ...

class Table:
    """
    Named typed columns with units. Any Arrow reader takes it: polars.DataFrame(table), pyarrow.table(table), pandas.DataFrame.from_arrow(table), duckdb.from_arrow(...).
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    @staticmethod
    def from_arrow(source: typing.Any) -> Table:
        """
        A copy of any object with __arrow_c_stream__. Raises InvalidInput for column types it cannot hold.
        """
    def __arrow_c_stream__(self, requested_schema: typing.Any = None) -> typing_extensions.CapsuleType: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __getitem__(self, column: str) -> list[typing.Any]:
        """
        The values of one column. Raises NotFound with the nearest names.
        """
    def __len__(self) -> int: ...
    def __repr__(self) -> str: ...
    def _repr_html_(self) -> str: ...
    def rows(self) -> list[typing.Any]:
        """
        One dict per row.
        """
    def to_csv(self) -> str:
        """
        RFC 4180 text.
        """
    def to_json(self) -> str:
        """
        An array with one object per row.
        """
    @property
    def columns(self) -> list[str]: ...
    @property
    def name(self) -> str: ...
    @property
    def units(self) -> dict[str, str]: ...

class Money:
    """
    An exact amount in whole minor units of one currency.
    """
    def __add__(self, arg0: Money) -> Money: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __init__(self, text: str) -> None:
        """
        From "12000.50 EUR".
        """
    def __neg__(self) -> Money: ...
    def __repr__(self) -> str: ...
    def __str__(self) -> str: ...
    def __sub__(self, arg0: Money) -> Money: ...
    @property
    def amount(self) -> typing.Any: ...
    @property
    def currency(self) -> str: ...
    @property
    def minor(self) -> int:
        """
        Minor units, such as cents.
        """

class Rate:
    """
    A price per hour, or per unit of material, exact to a millionth.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, amount: typing.SupportsFloat | typing.SupportsIndex, currency: str) -> None: ...
    def __repr__(self) -> str: ...
    @property
    def amount(self) -> float: ...
    @property
    def currency(self) -> str: ...

class WorkingHours:
    """
    Seconds of the day.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    def __copy__(self) -> WorkingHours: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    @property
    def from_(self) -> int: ...
    @from_.setter
    def from_(self, arg1: typing.SupportsInt | typing.SupportsIndex) -> None: ...
    @property
    def to(self) -> int: ...
    @to.setter
    def to(self, arg1: typing.SupportsInt | typing.SupportsIndex) -> None: ...

class Elicitation:
    """
    Where a requirement came from.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    method: str
    reference: str
    stakeholder: str
    when: datetime.datetime | None
    def __copy__(self) -> Elicitation: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...

class RequirementVersion:
    """
    An earlier wording.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    by: str
    reason: str
    text: str
    when: datetime.datetime | None
    def __copy__(self) -> RequirementVersion: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    @property
    def version(self) -> int: ...
    @version.setter
    def version(self, arg1: typing.SupportsInt | typing.SupportsIndex) -> None: ...

class Confirmation:
    """
    The client agreed to a version.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    by: str
    when: datetime.datetime | None
    def __copy__(self) -> Confirmation: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    @property
    def version(self) -> int: ...
    @version.setter
    def version(self, arg1: typing.SupportsInt | typing.SupportsIndex) -> None: ...

class Shift:
    """
    A span of working time within a day (seconds of the day).
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    def __copy__(self) -> Shift: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    @property
    def from_(self) -> int: ...
    @from_.setter
    def from_(self, arg1: typing.SupportsInt | typing.SupportsIndex) -> None: ...
    @property
    def to(self) -> int: ...
    @to.setter
    def to(self, arg1: typing.SupportsInt | typing.SupportsIndex) -> None: ...

class CalendarException:
    """
    Days that differ from the week.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    first: datetime.date
    last: datetime.date
    name: str
    def __copy__(self) -> CalendarException: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    @property
    def shifts(self) -> list[Shift]: ...
    @shifts.setter
    def shifts(self, arg1: collections.abc.Sequence[Shift]) -> None: ...

class WorkWeek:
    """
    Another week between two days.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    first: datetime.date
    last: datetime.date
    name: str
    def __copy__(self) -> WorkWeek: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    @property
    def week(self) -> typing.Annotated[list[list[Shift] | None], "FixedSize(7)"]: ...
    @week.setter
    def week(
        self,
        arg1: typing.Annotated[
            collections.abc.Sequence[collections.abc.Sequence[Shift] | None], "FixedSize(7)"
        ],
    ) -> None: ...

class Constraint:
    """
    A bound on an activity's dates.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    date: datetime.datetime | None
    kind: str
    def __copy__(self) -> Constraint: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...

class ActivityProgress:
    """
    What is done of an activity.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    actual_finish: datetime.datetime | None
    actual_start: datetime.datetime | None
    remaining: datetime.timedelta | None
    resumed: datetime.datetime | None
    suspended: datetime.datetime | None
    def __copy__(self) -> ActivityProgress: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    @property
    def physical_percent(self) -> float: ...
    @physical_percent.setter
    def physical_percent(self, arg1: typing.SupportsFloat | typing.SupportsIndex) -> None: ...

class Split:
    """
    A part of a split activity.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    finish: datetime.datetime
    start: datetime.datetime
    def __copy__(self) -> Split: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...

class MicrosoftTask:
    """
    How MS Project treats an activity.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    effort_driven: bool
    elapsed_duration: bool
    fixed_duration: bool
    ignore_resource_calendars: bool
    inactive: bool
    levelling_delay: datetime.timedelta
    manual: bool
    manual_finish: datetime.datetime | None
    manual_start: datetime.datetime | None
    def __copy__(self) -> MicrosoftTask: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    @property
    def splits(self) -> list[Split]: ...
    @splits.setter
    def splits(self, arg1: collections.abc.Sequence[Split]) -> None: ...

class Baseline:
    """
    Planned start and finish.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    cost: Money | None
    finish: datetime.datetime
    start: datetime.datetime
    def __copy__(self) -> Baseline: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...

class Lag:
    """
    Waiting time of a link.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    kind: str
    def __copy__(self) -> Lag: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    @property
    def percent(self) -> float: ...
    @percent.setter
    def percent(self, arg1: typing.SupportsFloat | typing.SupportsIndex) -> None: ...
    @property
    def seconds(self) -> int: ...
    @seconds.setter
    def seconds(self, arg1: typing.SupportsInt | typing.SupportsIndex) -> None: ...

class RatePeriod:
    """
    Prices from a moment on.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    from_: datetime.datetime | None
    overtime: Rate | None
    per_use: Money
    standard: Rate
    def __copy__(self) -> RatePeriod: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...

class RiskImpact:
    """
    Size of a risk's effect on one objective.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    objective: str
    def __copy__(self) -> RiskImpact: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    @property
    def size(self) -> float: ...
    @size.setter
    def size(self, arg1: typing.SupportsFloat | typing.SupportsIndex) -> None: ...

class RiskRating:
    """
    Probability and impacts.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    probability: float
    def __copy__(self) -> RiskRating: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    @property
    def impacts(self) -> list[RiskImpact]: ...
    @impacts.setter
    def impacts(self, arg1: collections.abc.Sequence[RiskImpact]) -> None: ...

class RiskResponse:
    """
    What is done about a risk.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    cost: Money
    owner: str
    strategy: str
    text: str
    def __copy__(self) -> RiskResponse: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...

class Answer:
    """
    What came back to a message.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    by: str
    decision: str
    text: str
    when: datetime.datetime | None
    def __copy__(self) -> Answer: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...

class ChangeAnalysis:
    """
    How large a change was found to be.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    by: str
    cost: Money | None
    text: str
    when: datetime.datetime | None
    def __copy__(self) -> ChangeAnalysis: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    @property
    def delay_days(self) -> int: ...
    @delay_days.setter
    def delay_days(self, arg1: typing.SupportsInt | typing.SupportsIndex) -> None: ...

class SignOff:
    """
    Somebody looked at it and found it right.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    by: str
    text: str
    when: datetime.datetime | None
    def __copy__(self) -> SignOff: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...

class Rules:
    """
    Scheduling rules as a visible value.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    critical: str
    critical_limit: datetime.timedelta
    float_by_subproject: bool
    from_finish: bool
    ignore_external_links: bool
    lag_calendar: str
    open_ends_critical: bool
    progress: str
    start_to_start_from_early: bool
    tool: str
    total_float: str
    use_expected_finish: bool
    use_must_finish_for_float: bool
    @staticmethod
    def microsoft() -> Rules:
        """
        MS Project's behaviour.
        """
    @staticmethod
    def primavera() -> Rules:
        """
        P6's default options.
        """
    def __copy__(self) -> Rules: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...

class Stakeholder:
    """
    A fact; a value. Attributes that are lists are copies: assign them whole.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    address: str
    current: str
    desired: str
    hours: WorkingHours | None
    key: str
    language: str
    name: str
    organisation: str
    role: str
    side: str
    time_zone: str
    def __copy__(self) -> Stakeholder: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    def __repr__(self) -> str: ...
    def to_json(self) -> str:
        """
        The document of this fact.
        """
    @property
    def channels(self) -> list[str]: ...
    @channels.setter
    def channels(self, arg1: collections.abc.Sequence[str]) -> None: ...
    @property
    def concerns(self) -> list[str]: ...
    @concerns.setter
    def concerns(self, arg1: collections.abc.Sequence[str]) -> None: ...
    @property
    def habits(self) -> list[str]: ...
    @habits.setter
    def habits(self, arg1: collections.abc.Sequence[str]) -> None: ...
    @property
    def interest(self) -> float: ...
    @interest.setter
    def interest(self, arg1: typing.SupportsFloat | typing.SupportsIndex) -> None: ...
    @property
    def interests(self) -> list[str]: ...
    @interests.setter
    def interests(self, arg1: collections.abc.Sequence[str]) -> None: ...
    @property
    def legitimacy(self) -> float: ...
    @legitimacy.setter
    def legitimacy(self, arg1: typing.SupportsFloat | typing.SupportsIndex) -> None: ...
    @property
    def power(self) -> float: ...
    @power.setter
    def power(self, arg1: typing.SupportsFloat | typing.SupportsIndex) -> None: ...
    @property
    def urgency(self) -> float: ...
    @urgency.setter
    def urgency(self, arg1: typing.SupportsFloat | typing.SupportsIndex) -> None: ...

class Responsibility:
    """
    A fact; a value. Attributes that are lists are copies: assign them whole.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    duty: str
    key: str
    node: str
    stakeholder: str
    def __copy__(self) -> Responsibility: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    def __repr__(self) -> str: ...
    def to_json(self) -> str:
        """
        The document of this fact.
        """

class Requirement:
    """
    A fact; a value. Attributes that are lists are copies: assign them whole.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    acceptance_criterion: str
    key: str
    kind: str
    owner: str
    priority: str
    source: Elicitation | None
    status: str
    text: str
    title: str
    def __copy__(self) -> Requirement: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    def __repr__(self) -> str: ...
    def to_json(self) -> str:
        """
        The document of this fact.
        """
    @property
    def confirmations(self) -> list[Confirmation]: ...
    @confirmations.setter
    def confirmations(self, arg1: collections.abc.Sequence[Confirmation]) -> None: ...
    @property
    def history(self) -> list[RequirementVersion]: ...
    @history.setter
    def history(self, arg1: collections.abc.Sequence[RequirementVersion]) -> None: ...
    @property
    def size(self) -> float | None: ...
    @size.setter
    def size(self, arg1: typing.SupportsFloat | typing.SupportsIndex | None) -> None: ...
    @property
    def version(self) -> int: ...
    @version.setter
    def version(self, arg1: typing.SupportsInt | typing.SupportsIndex) -> None: ...

class Deliverable:
    """
    A fact; a value. Attributes that are lists are copies: assign them whole.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    description: str
    key: str
    name: str
    owner: str
    def __copy__(self) -> Deliverable: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    def __repr__(self) -> str: ...
    def to_json(self) -> str:
        """
        The document of this fact.
        """

class Test:
    """
    A fact; a value. Attributes that are lists are copies: assign them whole.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    activity: str
    effort: datetime.timedelta
    key: str
    level: str
    name: str
    resource: str
    def __copy__(self) -> Test: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    def __repr__(self) -> str: ...
    def to_json(self) -> str:
        """
        The document of this fact.
        """
    @property
    def removal_efficiency(self) -> float | None: ...
    @removal_efficiency.setter
    def removal_efficiency(self, arg1: typing.SupportsFloat | typing.SupportsIndex | None) -> None: ...

class Trace:
    """
    A fact; a value. Attributes that are lists are copies: assign them whole.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    confirmed: Confirmation | None
    from_: str
    key: str
    likelihood: float | None
    suspect: bool
    to: str
    type: str
    def __copy__(self) -> Trace: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    def __repr__(self) -> str: ...
    def to_json(self) -> str:
        """
        The document of this fact.
        """
    @property
    def share(self) -> float | None: ...
    @share.setter
    def share(self, arg1: typing.SupportsFloat | typing.SupportsIndex | None) -> None: ...

class Subproject:
    """
    A fact; a value. Attributes that are lists are copies: assign them whole.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    calendar: str
    data_date: datetime.datetime | None
    key: str
    must_finish_by: datetime.datetime | None
    name: str
    planned_start: datetime.datetime | None
    rules: Rules
    def __copy__(self) -> Subproject: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    def __repr__(self) -> str: ...
    def to_json(self) -> str:
        """
        The document of this fact.
        """

class Calendar:
    """
    A fact; a value. Attributes that are lists are copies: assign them whole.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    base: str
    key: str
    name: str
    def __copy__(self) -> Calendar: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    def __repr__(self) -> str: ...
    def to_json(self) -> str:
        """
        The document of this fact.
        """
    @property
    def days_per_week(self) -> float: ...
    @days_per_week.setter
    def days_per_week(self, arg1: typing.SupportsFloat | typing.SupportsIndex) -> None: ...
    @property
    def exceptions(self) -> list[CalendarException]: ...
    @exceptions.setter
    def exceptions(self, arg1: collections.abc.Sequence[CalendarException]) -> None: ...
    @property
    def hours_per_day(self) -> float: ...
    @hours_per_day.setter
    def hours_per_day(self, arg1: typing.SupportsFloat | typing.SupportsIndex) -> None: ...
    @property
    def week(self) -> typing.Annotated[list[list[Shift] | None], "FixedSize(7)"]: ...
    @week.setter
    def week(
        self,
        arg1: typing.Annotated[
            collections.abc.Sequence[collections.abc.Sequence[Shift] | None], "FixedSize(7)"
        ],
    ) -> None: ...
    @property
    def work_weeks(self) -> list[WorkWeek]: ...
    @work_weeks.setter
    def work_weeks(self, arg1: collections.abc.Sequence[WorkWeek]) -> None: ...

class WbsNode:
    """
    A fact; a value. Attributes that are lists are copies: assign them whole.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    key: str
    name: str
    parent: str
    subproject: str
    def __copy__(self) -> WbsNode: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    def __repr__(self) -> str: ...
    def to_json(self) -> str:
        """
        The document of this fact.
        """

class Activity:
    """
    A fact; a value. Attributes that are lists are copies: assign them whole.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    calendar: str
    constraint: Constraint
    deadline: datetime.datetime | None
    duration: datetime.timedelta
    expected_finish: datetime.datetime | None
    external_early_start: datetime.datetime | None
    external_late_finish: datetime.datetime | None
    key: str
    kind: str
    microsoft: MicrosoftTask
    name: str
    progress: ActivityProgress
    secondary_constraint: Constraint
    source_id: str
    subproject: str
    wbs: str
    def __copy__(self) -> Activity: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    def __repr__(self) -> str: ...
    def to_json(self) -> str:
        """
        The document of this fact.
        """

class Link:
    """
    A fact; a value. Attributes that are lists are copies: assign them whole.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    key: str
    lag: Lag
    predecessor: str
    successor: str
    type: str
    def __copy__(self) -> Link: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    def __repr__(self) -> str: ...
    def to_json(self) -> str:
        """
        The document of this fact.
        """

class Resource:
    """
    A fact; a value. Attributes that are lists are copies: assign them whole.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    accrual: str
    calendar: str
    key: str
    kind: str
    name: str
    unit: str
    def __copy__(self) -> Resource: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    def __repr__(self) -> str: ...
    def to_json(self) -> str:
        """
        The document of this fact.
        """
    @property
    def max_units(self) -> float: ...
    @max_units.setter
    def max_units(self, arg1: typing.SupportsFloat | typing.SupportsIndex) -> None: ...
    @property
    def rates(self) -> list[RatePeriod]: ...
    @rates.setter
    def rates(self, arg1: collections.abc.Sequence[RatePeriod]) -> None: ...

class Assignment:
    """
    A fact; a value. Attributes that are lists are copies: assign them whole.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    activity: str
    actual: datetime.timedelta | None
    actual_cost: Money | None
    cost: Money | None
    cost_account: str
    drives_dates: bool
    duration: datetime.timedelta | None
    key: str
    lag: datetime.timedelta
    overtime: datetime.timedelta
    remaining: datetime.timedelta | None
    resource: str
    work: datetime.timedelta
    def __copy__(self) -> Assignment: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    def __repr__(self) -> str: ...
    def to_json(self) -> str:
        """
        The document of this fact.
        """
    @property
    def curve(self) -> list[float]: ...
    @curve.setter
    def curve(self, arg1: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex]) -> None: ...
    @property
    def quantity(self) -> float: ...
    @quantity.setter
    def quantity(self, arg1: typing.SupportsFloat | typing.SupportsIndex) -> None: ...
    @property
    def remaining_units(self) -> float | None: ...
    @remaining_units.setter
    def remaining_units(self, arg1: typing.SupportsFloat | typing.SupportsIndex | None) -> None: ...
    @property
    def units(self) -> float: ...
    @units.setter
    def units(self, arg1: typing.SupportsFloat | typing.SupportsIndex) -> None: ...

class CostAccount:
    """
    A fact; a value. Attributes that are lists are copies: assign them whole.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    key: str
    name: str
    parent: str
    def __copy__(self) -> CostAccount: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    def __repr__(self) -> str: ...
    def to_json(self) -> str:
        """
        The document of this fact.
        """

class Expense:
    """
    A fact; a value. Attributes that are lists are copies: assign them whole.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    accrual: str
    activity: str
    actual: Money | None
    amount: Money
    cost_account: str
    key: str
    kind: str
    name: str
    def __copy__(self) -> Expense: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    def __repr__(self) -> str: ...
    def to_json(self) -> str:
        """
        The document of this fact.
        """

class ContractMilestone:
    """
    A fact; a value. Attributes that are lists are copies: assign them whole.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    activity: str
    bonus_cap: Money | None
    bonus_per_day: Money
    due: datetime.datetime
    key: str
    name: str
    penalty_cap: Money | None
    penalty_per_day: Money
    def __copy__(self) -> ContractMilestone: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    def __repr__(self) -> str: ...
    def to_json(self) -> str:
        """
        The document of this fact.
        """
    @property
    def grace_days(self) -> int: ...
    @grace_days.setter
    def grace_days(self, arg1: typing.SupportsInt | typing.SupportsIndex) -> None: ...

class RecordedDates:
    """
    A fact; a value. Attributes that are lists are copies: assign them whole.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    baseline: Baseline | None
    driving: bool | None
    early_finish: datetime.datetime | None
    early_start: datetime.datetime | None
    free_float: datetime.timedelta | None
    key: str
    late_finish: datetime.datetime | None
    late_start: datetime.datetime | None
    total_float: datetime.timedelta | None
    def __copy__(self) -> RecordedDates: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    def __repr__(self) -> str: ...
    def to_json(self) -> str:
        """
        The document of this fact.
        """

class Risk:
    """
    A fact; a value. Attributes that are lists are copies: assign them whole.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    category: str
    cause: str
    effect: str
    event: str
    key: str
    owner: str
    rating: RiskRating
    residual: RiskRating | None
    response: RiskResponse | None
    review_on: datetime.datetime | None
    shared_with_client: bool
    sign: str
    status: str
    title: str
    trigger: str
    def __copy__(self) -> Risk: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    def __repr__(self) -> str: ...
    def to_json(self) -> str:
        """
        The document of this fact.
        """

class Message:
    """
    A fact; a value. Attributes that are lists are copies: assign them whole.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    about: str | None
    answer_by: datetime.datetime | None
    channel: str
    from_: str
    internal: bool
    key: str
    language: str
    sent: datetime.datetime | None
    subject: str
    text: str
    def __copy__(self) -> Message: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    def __repr__(self) -> str: ...
    def to_json(self) -> str:
        """
        The document of this fact.
        """
    @property
    def answers(self) -> list[Answer]: ...
    @answers.setter
    def answers(self, arg1: collections.abc.Sequence[Answer]) -> None: ...
    @property
    def to(self) -> list[str]: ...
    @to.setter
    def to(self, arg1: collections.abc.Sequence[str]) -> None: ...

class ApprovalLimit:
    """
    A fact; a value. Attributes that are lists are copies: assign them whole.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    approver: str
    cost: Money | None
    key: str
    def __copy__(self) -> ApprovalLimit: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    def __repr__(self) -> str: ...
    def to_json(self) -> str:
        """
        The document of this fact.
        """
    @property
    def delay_days(self) -> int | None: ...
    @delay_days.setter
    def delay_days(self, arg1: typing.SupportsInt | typing.SupportsIndex | None) -> None: ...

class ExchangeRate:
    """
    A fact; a value. Attributes that are lists are copies: assign them whole.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    from_: datetime.datetime | None
    key: str
    of: str
    price: Rate
    def __copy__(self) -> ExchangeRate: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    def __repr__(self) -> str: ...
    def to_json(self) -> str:
        """
        The document of this fact.
        """

class Escalation:
    """
    A fact; a value. Attributes that are lists are copies: assign them whole.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    cost_account: str
    from_: datetime.datetime
    key: str
    resource: str
    def __copy__(self) -> Escalation: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __init__(self, **kwargs: typing.Any) -> None: ...
    def __repr__(self) -> str: ...
    def to_json(self) -> str:
        """
        The document of this fact.
        """
    @property
    def percent_per_year(self) -> float: ...
    @percent_per_year.setter
    def percent_per_year(self, arg1: typing.SupportsFloat | typing.SupportsIndex) -> None: ...

class ChangeRequest:
    """
    A change somebody asks for; see rapport.Change for writing one.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    analysis: ChangeAnalysis | None
    answer_by: datetime.datetime | None
    by: str
    raised: datetime.datetime | None
    reason: str
    review: SignOff | None
    status: str
    title: str
    verification: SignOff | None
    @staticmethod
    def from_json(text: str, file: str = "") -> ChangeRequest:
        """
        Raises ParseError naming the edit that is wrong.
        """
    def __eq__(self, other: object, /) -> bool: ...
    def __repr__(self) -> str: ...
    def to_json(self) -> str: ...
    @property
    def key(self) -> str: ...

class Edit:
    """
    Facts to put and to remove, applied whole or not at all.
    """
    def __init__(self, reason: str = "") -> None: ...
    def put(
        self,
        fact: Stakeholder
        | Responsibility
        | Requirement
        | Deliverable
        | Test
        | Trace
        | Subproject
        | Calendar
        | WbsNode
        | Activity
        | Link
        | Resource
        | Assignment
        | CostAccount
        | Expense
        | ContractMilestone
        | RecordedDates
        | ChangeRequest
        | Risk
        | Message
        | ApprovalLimit
        | ExchangeRate
        | Escalation,
    ) -> Edit:
        """
        Adds the fact, or replaces the one with its key.
        """
    def remove(self, node: str) -> Edit:
        """
        Removes "activity:A1040".
        """

class Project:
    """
    The facts of a project, checked against each other, and the journal of their edits.
    """
    @staticmethod
    def from_json(text: str, file: str = "") -> Project:
        """
        From a document of facts. Raises ParseError and InvalidInput.
        """
    def __contains__(self, arg0: str) -> bool: ...
    def __getitem__(
        self, node: str
    ) -> (
        Stakeholder
        | Responsibility
        | Requirement
        | Deliverable
        | Test
        | Trace
        | Subproject
        | Calendar
        | WbsNode
        | Activity
        | Link
        | Resource
        | Assignment
        | CostAccount
        | Expense
        | ContractMilestone
        | RecordedDates
        | ChangeRequest
        | Risk
        | Message
        | ApprovalLimit
        | ExchangeRate
        | Escalation
    ):
        """
        The fact "requirement:REQ-31". Raises NotFound with the nearest keys.
        """
    def __init__(self) -> None: ...
    def __repr__(self) -> str: ...
    def activity(self, key: str) -> Activity: ...
    def answer_change(
        self, change: str, decision: str, *, by: str, when: datetime.datetime | None = None, text: str = ""
    ) -> Edit:
        """
        The edit that records what somebody decided: "approved", "rejected", "deferred", "acknowledged", "question". Raises NotFound.
        """
    def apply(self, edit: Edit, *, by: str, when: datetime.datetime | None = None) -> None:
        """
        Applies the edit whole, or raises InvalidInput and changes nothing.
        """
    def change_graph(
        self,
        *,
        depth: typing.SupportsInt | typing.SupportsIndex | None = None,
        cutoff: typing.SupportsFloat | typing.SupportsIndex | None = None,
        assumptions: typing.Any = None,
    ) -> ChangeGraph:
        """
        The graph of who and what a change can touch. `depth` and `cutoff` bound the probable reach: the longest path in traces (4), and the likelihood below which a path is not followed (0.0001). `assumptions` as for assess: how each type of trace passes change, and the other two where they are not given here. Raises InvalidInput, ParseError.
        """
    def change_request(self, key: str) -> ChangeRequest: ...
    def confirm_traces(
        self, traces: collections.abc.Sequence[str], *, by: str, when: datetime.datetime | None = None
    ) -> Edit:
        """
        The edit that confirms them for today's versions of their sources. Raises NotFound.
        """
    def facts(
        self, kind: str
    ) -> list[
        Stakeholder
        | Responsibility
        | Requirement
        | Deliverable
        | Test
        | Trace
        | Subproject
        | Calendar
        | WbsNode
        | Activity
        | Link
        | Resource
        | Assignment
        | CostAccount
        | Expense
        | ContractMilestone
        | RecordedDates
        | ChangeRequest
        | Risk
        | Message
        | ApprovalLimit
        | ExchangeRate
        | Escalation
    ]:
        """
        All facts of a kind, by its plural name: facts("activities").
        """
    def loops(self) -> list[Loop]:
        """
        Every knot of activities that wait for each other, with the fewest links to cut; empty when the plan can be scheduled.
        """
    def merge(
        self,
        paths: collections.abc.Sequence[os.PathLike[str] | str | bytes],
        *,
        by: str,
        when: datetime.datetime | None = None,
    ) -> list[Diagnostic]:
        """
        Adds the facts of other files; returns what was not kept.
        """
    def move_change(
        self,
        change: str,
        to: str,
        *,
        by: str,
        when: datetime.datetime | None = None,
        text: str = "",
        delay_days: typing.SupportsInt | typing.SupportsIndex | None = None,
        cost: Money | None = None,
    ) -> Edit:
        """
        The edit that takes a request to a state, with the record that the state asks for: "analysed" needs the size that was found. Raises NotFound, and InvalidInput with every guard that refuses it.
        """
    def next_states(self, change: str) -> dict[str, typing.Any]:
        """
        Each state that may follow, with what must be recorded before; empty: it may go there now.
        """
    def required_approval(
        self, *, delay_days: typing.SupportsInt | typing.SupportsIndex = 0, cost: Money | None = None
    ) -> dict[str, typing.Any]:
        """
        Who must approve a change of this size: the approvers of the smallest limit that it does not pass, or of no limit when it passes all ("within_limit" is then False).
        """
    def requirement(self, key: str) -> Requirement: ...
    def risk(self, key: str) -> Risk: ...
    def risks(self, matrix: RiskMatrix = ...) -> RiskRegister:
        """
        The risk register, scored on a matrix (PMBOK's by default).
        """
    def save(self, path: os.PathLike[str] | str | bytes) -> None:
        """
        Writes a new store file, or appends the new journal entries to the one it came from.
        """
    def schedule(self, *, rules: typing.Any = None, progress: typing.Any = None) -> Plan:
        """
        Early and late dates, floats, driving links, under the file's own rules, "primavera", "microsoft" or Rules.

        Raises CycleError, InvalidInput (a calendar without working time), Cancelled.
        """
    def stakeholder(self, key: str) -> Stakeholder: ...
    def suspect_traces(self) -> Table:
        """
        Traces whose source changed after they were confirmed, or that somebody doubts.
        """
    def to_json(self) -> str: ...
    def undo(self, *, by: str, when: datetime.datetime | None = None) -> None:
        """
        Takes back the latest entry that is not yet taken back.
        """
    def volatility(self, *, by: str = "month", baseline: datetime.datetime | None = None) -> Volatility:
        """
        Requirements added, changed, removed and asked for by "week", "month", "quarter" or "year", with causes; `baseline`: from when on scope is agreed, otherwise the first confirmation.
        """
    def write(
        self,
        path: os.PathLike[str] | str | bytes,
        *,
        original: os.PathLike[str] | str | bytes | None = None,
        plan: Plan | None = None,
    ) -> list[Diagnostic]:
        """
        Writes a file that other tools open: .xer (Primavera), .xml (Microsoft Project) or .json (facts).

        What `original`, the file the facts came from, holds beyond them is kept. `plan` gives the dates and floats to write; without it they are the recorded ones. Returns what the file could not hold. Raises InvalidInput, ParseError.
        """
    @property
    def currency(self) -> str: ...
    @property
    def journal(self) -> Table:
        """
        One row per fact changed: number, author, when, reason, undoes, kind, key, before, after; the last two as JSON, None where there was no such fact.
        """
    @property
    def name(self) -> str: ...

class ActivityDates:
    """
    What the tool would show for one activity.
    """

    __hash__: typing.ClassVar[None] = None  # type: ignore[assignment]
    def __eq__(self, other: object, /) -> bool: ...
    def __repr__(self) -> str: ...
    @property
    def critical(self) -> bool: ...
    @property
    def early_finish(self) -> datetime.datetime: ...
    @property
    def early_start(self) -> datetime.datetime: ...
    @property
    def free_float(self) -> datetime.timedelta:
        """
        Working time on the activity's own calendar.
        """
    @property
    def late_finish(self) -> datetime.datetime: ...
    @property
    def late_start(self) -> datetime.datetime: ...
    @property
    def on_longest_path(self) -> bool: ...
    @property
    def total_float(self) -> datetime.timedelta:
        """
        Working time on the activity's own calendar.
        """

class WhyStep:
    """
    One step of the reasons for a date.
    """
    def __repr__(self) -> str: ...
    @property
    def activity(self) -> str: ...
    @property
    def date(self) -> datetime.datetime: ...
    @property
    def driver(self) -> str: ...
    @property
    def text(self) -> str: ...

class Explanation:
    """
    From a date back to a data date, a constraint or an actual date.
    """
    def __len__(self) -> int: ...
    def __repr__(self) -> str: ...
    def __str__(self) -> str: ...
    @property
    def steps(self) -> list[WhyStep]: ...

class Check:
    """
    Our dates beside the ones the tool stored, equal to the minute.
    """
    def __repr__(self) -> str: ...
    @property
    def compared(self) -> int: ...
    @property
    def contradictions(self) -> Table:
        """
        Activities edited after scheduling: the time between their stored dates is not their remaining duration. key, remaining, shown.
        """
    @property
    def hits(self) -> int: ...
    @property
    def scores(self) -> Table:
        """
        One row per field: field, hits, compared, percent.
        """

class Plan:
    """
    A schedule and the facts it was made from. Never changes.
    """
    def __repr__(self) -> str: ...
    def assess(
        self, change: typing.Any, *, assumptions: typing.Any = None, progress: typing.Any = None
    ) -> Impact:
        """
        What the change does to dates, cost and quality.

        `change`: a Change, a ChangeRequest, a ChangeEntry, a dict, JSON, or the key of a change request of the project. `assumptions`: a dict or JSON document like default_assumptions(), of which anything may be left out; what it gives is not marked as assumed. Raises NotFound, InvalidInput, ParseError, CycleError, Cancelled.
        """
    def assess_all(
        self,
        changes: typing.Any,
        *,
        assumptions: typing.Any = None,
        threads: typing.SupportsInt | typing.SupportsIndex = 0,
        progress: typing.Any = None,
    ) -> Table:
        """
        One row per change, in order; one at fault is listed with its error and does not stop the others.

        `changes` are Change, ChangeRequest, ChangeEntry or JSON documents, or a table (anything with __arrow_c_stream__): a column "document", or one edit a row with its "id". `assumptions` as for assess. Raises Cancelled.
        """
    def bare_dates(self, *, days: typing.SupportsInt | typing.SupportsIndex = 4000) -> Table:
        """
        Dates by durations, links and calendars alone, without progress, constraints or a tool's rules; days: how far the calendars are laid out.
        """
    def best_subset(
        self,
        changes: typing.Any,
        *,
        budget: Money | None = None,
        finish_by: datetime.datetime | None = None,
        values: collections.abc.Mapping[str, typing.SupportsFloat | typing.SupportsIndex] = {},
        evaluations: typing.SupportsInt | typing.SupportsIndex = 4096,
        assumptions: typing.Any = None,
        threads: typing.SupportsInt | typing.SupportsIndex = 0,
        progress: typing.Any = None,
    ) -> BestSubset:
        """
        The most valuable set under a budget ("20000 EUR") or a date; values by key, 1 where not given. A date without a time is the whole day. `assumptions` as for assess. Raises NotFound for a value of a change that is not there.
        """
    def check(self) -> Check:
        """
        Compares with the dates that the tool stored in the file.
        """
    def conflicts(self) -> Table:
        """
        Why float is negative: which two dates cannot both hold, and the chain of links between them.
        """
    def cost(self, basis: str = "current") -> Cost:
        """
        What the plan costs: "current", as it stands, or "baseline", as it was agreed.

        Raises InvalidInput when currencies meet without an exchange rate.
        """
    def dates(self, key: str) -> ActivityDates: ...
    def earned_value(
        self, *, progress: str = "reported", outlook: str = "as_so_far", step: str = "week"
    ) -> EarnedValue:
        """
        Planned value from the baseline, earned value from progress, actual cost from what was spent. `progress`: "reported", "duration", "zero_hundred", "fifty_fifty"; `outlook`: "as_so_far", "as_budgeted", "cost_and_schedule".

        Raises InvalidInput.
        """
    def float_paths(
        self, end: str = "", count: typing.SupportsInt | typing.SupportsIndex = 10, *, by: str = "free_float"
    ) -> Table:
        """
        The chains that lead to `end` (or to what finishes last), the most critical first: one row per activity.

        By "free_float" path 1 is what drives the end; by "total_float" what has least float. Raises NotFound, InvalidInput.
        """
    def floats(self) -> Table:
        """
        How far each activity may slip, in working minutes of its own calendar: total and free float with its predecessors early, safety and independent float with them as late as they may be, and what total float takes from others (interfering).
        """
    def interactions(
        self,
        changes: typing.Any,
        *,
        limit: typing.SupportsInt | typing.SupportsIndex = 1000,
        assumptions: typing.Any = None,
        threads: typing.SupportsInt | typing.SupportsIndex = 0,
        progress: typing.Any = None,
    ) -> Table:
        """
        Pairs that are worse (positive) or better together than apart; tries at most `limit` pairs. Where that leaves some out, the last row has no first and second and says how many as its error. `assumptions` as for assess.
        """
    def misses(self, limit: typing.SupportsInt | typing.SupportsIndex = 20) -> Table:
        """
        The first figures that differ from the tool's, and why ours are what they are.
        """
    def options(
        self,
        change: typing.Any,
        *,
        scopes: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex] = [0.75, 0.5, 0.25],
        crash_share: typing.SupportsFloat | typing.SupportsIndex = 0.25,
        crash_premium: typing.SupportsFloat | typing.SupportsIndex = 0.5,
        crash_steps: typing.SupportsInt | typing.SupportsIndex = 5,
        milestones: typing.SupportsInt | typing.SupportsIndex = 8,
        drops: typing.SupportsInt | typing.SupportsIndex = 12,
        assumptions: typing.Any = None,
        threads: typing.SupportsInt | typing.SupportsIndex = 0,
        progress: typing.Any = None,
    ) -> Table:
        """
        What could be done: accept, defer, reduce scope, crash, drop something else, with figures and whether another option beats it.

        `scopes`: shares of the change that are looked at. `crash_share`: of a duration that can be won by paying, `crash_premium` dearer than usual as a share, in at most `crash_steps` activities. `milestones`, `drops`: how many milestones to defer to and requirements to drop are tried at most. `assumptions` as for assess. Raises InvalidInput.
        """
    def quality(self, **kwargs: typing.Any) -> Quality:
        """
        DCMA's fourteen points and GAO's ten practices. Options by name: plan.quality(missed="open", lag_tolerance="40h"); quality_options() lists them.

        Raises NotFound, InvalidInput.
        """
    def redundant_links(self) -> Table:
        """
        Links that a chain of others makes say nothing, with that chain; all of them can go and no date and no float changes.
        """
    def what_if(self) -> WhatIf:
        """
        Changes to try on these dates, thousands a second.
        """
    def why(self, key: str) -> Explanation:
        """
        Why the activity finishes when it does, step by step. Raises NotFound.
        """
    def why_late(self, key: str) -> Explanation:
        """
        What holds its late dates. Raises NotFound.
        """
    @property
    def activities(self) -> Table:
        """
        One row per activity: dates, floats, critical.
        """
    @property
    def data_date(self) -> datetime.datetime | None: ...
    @property
    def finish(self) -> datetime.datetime: ...
    @property
    def links(self) -> Table:
        """
        One row per link: driving, float.
        """
    @property
    def project(self) -> Project:
        """
        The facts it was made from.
        """
    @property
    def rules(self) -> Rules: ...
    @property
    def start(self) -> datetime.datetime: ...

class Quality:
    """
    How well a plan is made, by DCMA's and GAO's standards.
    """
    def __repr__(self) -> str: ...
    def failed(self, standard: str = "dcma") -> int:
        """
        How many checks fail.
        """
    def passed(self, standard: str = "dcma") -> int:
        """
        How many checks pass.
        """
    @property
    def checks(self) -> Table:
        """
        standard, point, id, name, count, out_of, value, unit, limit, verdict, meaning.
        """
    @property
    def findings(self) -> Table:
        """
        What each check holds against the plan: activity or link, and the reason.
        """

class Recipient:
    """
    Whom a notice goes to.
    """
    def __repr__(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def channel(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def organisation(self) -> str: ...
    @property
    def role(self) -> str: ...

class Notice:
    """
    What one person is told of a change, and why they are.
    """
    def __repr__(self) -> str: ...
    @property
    def answer_by(self) -> datetime.datetime | None: ...
    @property
    def because(self) -> list[str]:
        """
        The reasons in words, in the language of the notice.
        """
    @property
    def copy(self) -> str: ...
    @property
    def part(self) -> str:
        """
        approve, consult or inform.
        """
    @property
    def subject(self) -> str: ...
    @property
    def text(self) -> str:
        """
        Markdown.
        """
    @property
    def to(self) -> Recipient: ...

class Notices:
    """
    Who hears what of a change.
    """
    def __iter__(self) -> collections.abc.Iterator[Notice]: ...
    def __len__(self) -> int: ...
    def __repr__(self) -> str: ...
    @property
    def answer_by(self) -> datetime.datetime: ...
    @property
    def diagnostics(self) -> list[Diagnostic]: ...
    @property
    def items(self) -> list[Notice]: ...
    @property
    def table(self) -> Table: ...

class Trail:
    """
    The steps from a change to a figure.
    """
    def __len__(self) -> int: ...
    def __repr__(self) -> str: ...
    def __str__(self) -> str: ...
    @property
    def about(self) -> str: ...
    @property
    def steps(self) -> list[typing.Any]:
        """
        One dict per step; "from" is the index of the step that led here.
        """

class Impact:
    """
    What a change does, each figure with the path behind it. Never changes.
    """
    def __repr__(self) -> str: ...
    def __str__(self) -> str: ...
    def _repr_html_(self) -> str: ...
    def activities(self, *, all: bool = False) -> Table:
        """
        One row per activity that moves or whose float changes.
        """
    def cost_after(self) -> Cost:
        """
        What the plan costs once the change is made; its total is that of plan.cost() and cost_delta together. Rework counts under the activity it comes from, new activities under their WBS branch.

        Raises InvalidInput.
        """
    def cost_curve(self, step: str = "week") -> Table:
        """
        When the money counts, before and after: from, until, before, delta, after, cumulative_before, cumulative_delta, cumulative_after, assumed (something differs in the step, and the work behind the change rests on a default).

        Raises InvalidInput.
        """
    def costs_by(self, by: str) -> Table:
        """
        What it costs, gathered as Cost.by does: key, name, parent, level, before, delta, after, delta_with_below, reasons, assumed (a cost line of the change in or below it is).

        Raises InvalidInput.
        """
    def notices(self, *, language: str | None = None, copy: str | None = None, sender: str = "") -> Notices:
        """
        Who must approve, be consulted, be told; in each one's language unless one is given.
        """
    def to_html(
        self,
        *,
        language: str = "en",
        copy: str = "internal",
        activities: typing.SupportsInt | typing.SupportsIndex = 40,
    ) -> str:
        """
        One self-contained page.
        """
    def to_json(self) -> str: ...
    def to_markdown(
        self,
        *,
        language: str = "en",
        copy: str = "internal",
        activities: typing.SupportsInt | typing.SupportsIndex = 40,
    ) -> str:
        """
        For a mail.
        """
    def trail(self, about: str) -> Trail:
        """
        The way from the change to "finish", "cost", "quality" or a node. Raises NotFound.
        """
    @property
    def after(self) -> Plan: ...
    @property
    def before(self) -> Plan: ...
    @property
    def change(self) -> ChangeRequest: ...
    @property
    def containment_matrix(self) -> Table:
        """
        The same defects by where they are found (column found) and which phase could have found them first (one column for each).
        """
    @property
    def cost_delta(self) -> Money | None:
        """
        Exact; None when nothing of it has a price.
        """
    @property
    def costs(self) -> Table:
        """
        One row per reason; they sum to cost_delta.
        """
    @property
    def defects(self) -> Table:
        """
        What each verification step still to come does to the defects of each activity's changed work.
        """
    @property
    def defects_by_phase(self) -> Table:
        """
        Where defects are found, and the effort and cost of mending them there; operation is last.
        """
    @property
    def delay_days(self) -> int:
        """
        Calendar days that the finish is later, as approval limits count.
        """
    @property
    def discarded_costs(self) -> Table:
        """
        Money already spent on work that is thrown away, with the columns of costs. Not part of cost_delta: it is gone either way.
        """
    @property
    def finish_delta(self) -> datetime.timedelta:
        """
        Of the project's finish, on the clock.
        """
    @property
    def milestones(self) -> Table: ...
    @property
    def notes(self) -> list[Diagnostic]: ...
    @property
    def quality(self) -> Table: ...
    @property
    def reach(self) -> Table: ...
    @property
    def rework(self) -> Table: ...
    @property
    def risks(self) -> Table:
        """
        Where the risks that it touches move on the matrix.
        """
    @property
    def work_assumed(self) -> bool:
        """
        The work that the change brings rests on defaults, and so do dates and cost as far as they change.
        """

class Cost:
    """
    What a plan costs: exact, line by line. Never changes.
    """
    def __repr__(self) -> str: ...
    def by(self, by: str) -> Table:
        """
        Gathered by "activity", "account", "wbs", "resource", "requirement" or "stakeholder": key, name, parent, level, amount, with_below, spent, to_come, share, assumed (a line in or below it is). What belongs to none has the key ""; amounts add up to the total.

        Raises InvalidInput.
        """
    def curve(self, step: str = "week") -> Table:
        """
        When it counts, by "day", "week" or "month": from, until, spent, to_come, amount, cumulative, assumed (a line in the step is).

        Raises InvalidInput.
        """
    @property
    def lines(self) -> Table:
        """
        category, state, amount, activity, resource, account, subject, work_hours, quantity, rate, accrual, start, finish, assumed, reason.
        """
    @property
    def notes(self) -> list[Diagnostic]: ...
    @property
    def spent(self) -> Money: ...
    @property
    def to_come(self) -> Money: ...
    @property
    def total(self) -> Money | None:
        """
        The exact sum of the lines; None when nothing has a price.
        """
    @property
    def unpriced(self) -> list[str]:
        """
        What the total leaves out because no price is known.
        """

class EarnedValue:
    """
    Earned value of a plan at its data date. Never changes.
    """
    def __repr__(self) -> str: ...
    def by(self, by: str) -> Table:
        """
        Gathered as Cost.by does: key, name, parent, level, planned, earned, actual, budget, cost_variance, schedule_variance, cost_index, schedule_index, complete, estimate_at_completion, variance_at_completion, index_to_budget, assumed (what was spent in or below it is not all recorded).

        Raises InvalidInput.
        """
    @property
    def actual(self) -> Money:
        """
        AC: what the work done has cost.
        """
    @property
    def budget(self) -> Money:
        """
        BAC.
        """
    @property
    def complete(self) -> float | None:
        """
        EV / BAC.
        """
    @property
    def cost_index(self) -> float | None:
        """
        CPI; None where there is none.
        """
    @property
    def cost_variance(self) -> Money | None:
        """
        CV = EV - AC; None where a figure is negative, see notes.
        """
    @property
    def curve(self) -> Table:
        """
        from, until, planned, earned, actual, cost_index, schedule_index, earned_schedule, schedule_index_time, assumed (what was spent so far is not all recorded).
        """
    @property
    def earned(self) -> Money:
        """
        EV: the budget of the work that is done.
        """
    @property
    def earned_schedule(self) -> float | None:
        """
        ES, in periods; None without a budget or before the beginning.
        """
    @property
    def estimate_at_completion(self) -> Money | None:
        """
        EAC.
        """
    @property
    def estimate_to_complete(self) -> Money | None:
        """
        ETC = EAC - AC.
        """
    @property
    def estimated_finish(self) -> datetime.date | None:
        """
        The day on which the plan would end, going on like this.
        """
    @property
    def estimated_periods(self) -> float | None:
        """
        IEAC(t): how many periods the plan would take, going on like this.
        """
    @property
    def index_to_budget(self) -> float | None:
        """
        TCPI.
        """
    @property
    def notes(self) -> list[Diagnostic]: ...
    @property
    def planned(self) -> Money:
        """
        PV: the budget of the work that was due.
        """
    @property
    def schedule_index(self) -> float | None:
        """
        SPI; tends to 1 at a late end, see schedule_index_time.
        """
    @property
    def schedule_index_time(self) -> float | None:
        """
        SPI(t).
        """
    @property
    def schedule_variance(self) -> Money | None:
        """
        SV = EV - PV.
        """
    @property
    def schedule_variance_time(self) -> float | None:
        """
        SV(t) = ES - AT, in periods.
        """
    @property
    def status_date(self) -> datetime.datetime: ...
    @property
    def variance_at_completion(self) -> Money | None:
        """
        VAC = BAC - EAC.
        """

class Comparison:
    """
    Two states of one project side by side. Never changes.
    """
    def __repr__(self) -> str: ...
    def to_html(
        self,
        *,
        before: str = "",
        after: str = "",
        language: str = "en",
        rows: typing.SupportsInt | typing.SupportsIndex = 400,
    ) -> str:
        """
        One self-contained page; `rows` of what moved and of what differs at most.
        """
    def to_markdown(
        self,
        *,
        before: str = "",
        after: str = "",
        language: str = "en",
        rows: typing.SupportsInt | typing.SupportsIndex = 400,
    ) -> str:
        """
        For a mail.
        """
    @property
    def cost_after(self) -> Money | None: ...
    @property
    def cost_before(self) -> Money | None: ...
    @property
    def cost_delta(self) -> Money | None: ...
    @property
    def differences(self) -> Table:
        """
        One row per fact added or removed, and per field changed.
        """
    @property
    def exact(self) -> bool:
        """
        False: parts are sampled and carry a standard error.
        """
    @property
    def explanation(self) -> Table:
        """
        What each part moved the finish and the cost by; parts sum to the whole.
        """
    @property
    def finish_after(self) -> datetime.datetime: ...
    @property
    def finish_before(self) -> datetime.datetime: ...
    @property
    def finish_delta(self) -> datetime.timedelta: ...
    @property
    def moved(self) -> Table:
        """
        One row per activity whose dates differ.
        """
    @property
    def notes(self) -> list[Diagnostic]: ...
    @property
    def working_delta(self) -> datetime.timedelta: ...

class Loop:
    """
    Activities of which each waits for every other.
    """
    def __repr__(self) -> str: ...
    @property
    def activities(self) -> list[str]: ...
    @property
    def at_least(self) -> int:
        """
        No fewer links can do it.
        """
    @property
    def cut(self) -> list[str]:
        """
        The fewest links found whose removal opens every loop here.
        """
    @property
    def links(self) -> list[str]:
        """
        Keys of the links among them.
        """
    @property
    def proved(self) -> bool:
        """
        No smaller cut exists.
        """
    @property
    def shortest(self) -> list[str]:
        """
        Activities along a shortest loop.
        """

class RiskMatrix:
    """
    A probability–impact matrix.
    """
    @staticmethod
    def pmbok() -> RiskMatrix:
        """
        PMBOK Guide figure 11-10: five by five.
        """
    def __init__(
        self,
        *,
        probability: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex],
        impact: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex],
        levels: collections.abc.Sequence[tuple[str, str, typing.SupportsFloat | typing.SupportsIndex]],
    ) -> None:
        """
        Band values in ascending order; levels as (name, "#rrggbb", smallest score). Raises InvalidInput.
        """
    def __repr__(self) -> str: ...
    @property
    def table(self) -> Table: ...

class RiskRegister:
    """
    The risks of a project, scored on a matrix.
    """
    def __len__(self) -> int: ...
    def __repr__(self) -> str: ...
    def _repr_html_(self) -> str: ...
    def to_html(self, *, language: str = "en") -> str: ...
    def to_markdown(self, *, language: str = "en") -> str: ...
    def to_svg(self, *, language: str = "en") -> str: ...
    @property
    def matrix(self) -> Table:
        """
        One row per cell with the risks in it.
        """
    @property
    def table(self) -> Table:
        """
        One row per risk: open ones first, highest score first.
        """

class ChangeEntry:
    """
    One change of many as it was written, or why it cannot be read.
    """
    def __repr__(self) -> str: ...
    @property
    def change(self) -> ChangeRequest | None:
        """
        None when it cannot be read.
        """
    @property
    def document(self) -> str:
        """
        As it was written, as JSON.
        """
    @property
    def error(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def line(self) -> int:
        """
        Where it begins, from 1.
        """

class BestSubset:
    """
    The most valuable changes that together keep to the limits.
    """
    def __repr__(self) -> str: ...
    @property
    def assumed(self) -> bool:
        """
        Finish or cost change, and the work behind them rests on a default of Rapport's.
        """
    @property
    def bound(self) -> float:
        """
        No set that keeps to the limits is worth more.
        """
    @property
    def chosen(self) -> list[int]:
        """
        Positions in the changes given.
        """
    @property
    def cost_delta(self) -> Money | None: ...
    @property
    def evaluated(self) -> int:
        """
        Sets of changes that were assessed.
        """
    @property
    def exact(self) -> bool:
        """
        The best is found, not only bounded.
        """
    @property
    def feasible(self) -> bool: ...
    @property
    def finish_delta(self) -> datetime.timedelta: ...
    @property
    def table(self) -> Table:
        """
        One row per change given: change, title, value, chosen, assumed (the change alone moves finish or cost, and the work behind that rests on a default of Rapport's).
        """
    @property
    def value(self) -> float: ...

class DefectStep:
    """
    One step of the defect amplification model.
    """

    name: str
    def __init__(
        self,
        name: str = "",
        *,
        created: typing.SupportsFloat | typing.SupportsIndex = 0.0,
        passed: typing.SupportsFloat | typing.SupportsIndex = 0.0,
        amplification: typing.SupportsFloat | typing.SupportsIndex = 1.0,
        efficiency: typing.SupportsFloat | typing.SupportsIndex = 0.0,
    ) -> None: ...
    def __repr__(self) -> str: ...
    @property
    def amplification(self) -> float: ...
    @amplification.setter
    def amplification(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None: ...
    @property
    def created(self) -> float:
        """
        New here.
        """
    @created.setter
    def created(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None: ...
    @property
    def efficiency(self) -> float:
        """
        Share found here, 0 to 1.
        """
    @efficiency.setter
    def efficiency(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None: ...
    @property
    def passed(self) -> float:
        """
        Of the incoming ones, that go through unamplified.
        """
    @passed.setter
    def passed(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None: ...

class Volatility:
    """
    How the requirements changed over time, and why.
    """
    def __repr__(self) -> str: ...
    @property
    def baseline(self) -> int:
        """
        Requirements in force when scope was agreed.
        """
    @property
    def baseline_at(self) -> datetime.datetime | None: ...
    @property
    def causes(self) -> Table:
        """
        What each cause did in each period: from, to, cause, change, added, changed, removed, asked, growth (what it adds to the growth of the period and of those after it).
        """
    @property
    def events(self) -> Table:
        """
        when, step, requirement, version, by, cause, change, source.
        """
    @property
    def periods(self) -> Table:
        """
        from, to, at_start, added, changed, removed, asked, at_end, volatility, growth.
        """
    @property
    def undated(self) -> int:
        """
        Steps of which nothing says when.
        """

class ProbableReach:
    """
    How likely each node is reached.
    """
    def __len__(self) -> int: ...
    def __repr__(self) -> str: ...
    @property
    def abandoned(self) -> bool:
        """
        Too many paths: likelihoods are those of the strongest path.
        """
    @property
    def table(self) -> Table:
        """
        kind, key, depth, likelihood (by the tree), strongest_path (alone), understated_by (what the cutoff took away, at most); the likeliest first.
        """
    @property
    def visited(self) -> int:
        """
        Nodes of the tree that were looked at.
        """

class ChangeRoles:
    """
    Absorbers, carriers and multipliers of change.
    """
    def __len__(self) -> int: ...
    def __repr__(self) -> str: ...
    @property
    def branches(self) -> int:
        """
        Of propagation trees, looked at.
        """
    @property
    def depth(self) -> int:
        """
        Longest path in traces that was looked at.
        """
    @property
    def table(self) -> Table:
        """
        kind, key, likelihood_out, likelihood_in, risk_out, risk_in (sums over all other nodes), role; what passes on most more than it takes in first, nodes that no risk passes last.
        """

class ChangePrediction:
    """
    Combined likelihood, impact and risk of every pair of components.
    """
    def __repr__(self) -> str: ...
    def likelihood(
        self,
        receiver: typing.SupportsInt | typing.SupportsIndex,
        instigator: typing.SupportsInt | typing.SupportsIndex,
    ) -> float: ...
    def risk(
        self,
        receiver: typing.SupportsInt | typing.SupportsIndex,
        instigator: typing.SupportsInt | typing.SupportsIndex,
    ) -> float: ...
    def role_table(self, *, band: typing.SupportsFloat | typing.SupportsIndex = 0.1) -> Table:
        """
        component, likelihood_out, likelihood_in, risk_out, risk_in (sums over all others), role.
        """
    def roles(self, *, band: typing.SupportsFloat | typing.SupportsIndex = 0.1) -> list[str]:
        """
        absorber, carrier or multiplier for each component: its combined risk to others over that from others, below 1 - band, within it, above 1 + band (Eckert, Clarkson & Zanker 2004).
        """
    @property
    def names(self) -> list[str]: ...
    @property
    def table(self) -> Table:
        """
        instigator, receiver, likelihood, impact, risk.
        """

class ChangeGraph:
    """
    The change-impact graph of a project, compiled once and asked often; see Project.change_graph.
    """
    def __contains__(self, arg0: str) -> bool: ...
    def __len__(self) -> int: ...
    def __repr__(self) -> str: ...
    def certain(
        self,
        node: str,
        *,
        follow: str = "change",
        depth: typing.SupportsInt | typing.SupportsIndex | None = None,
    ) -> Table:
        """
        Everything that can be touched within `depth` traces, with the shortest path to each and, when change is followed, the strongest.

        `follow`: "change" goes every way that change can pass, "downstream" from what a trace comes from to what it leads to, "upstream" back. Raises NotFound, InvalidInput.
        """
    def percolate(
        self,
        node: str,
        *,
        trials: typing.SupportsInt | typing.SupportsIndex = 10000,
        seed: typing.SupportsInt | typing.SupportsIndex = 1,
        progress: typing.Any = None,
    ) -> Table:
        """
        The exact probability that each node is reached when every trace passes change or not, independently of the others; sampled, with its standard error. The same on every machine. Raises NotFound, InvalidInput.
        """
    def predict(
        self,
        *,
        kinds: collections.abc.Sequence[str] = ["requirement", "deliverable"],
        variant: str = "penultimate_node",
        progress: typing.Any = None,
    ) -> ChangePrediction:
        """
        The Change Prediction Method on the nodes of `kinds` (none: all), 500 at most, and what passes between two of them without a third, within the depth and cutoff of the graph; see predict_change. Raises NotFound (kinds), InvalidInput, Cancelled.
        """
    def probable(self, node: str) -> ProbableReach:
        """
        How likely each node is reached within the depth of the graph, by the propagation tree of Clarkson, Simons & Eckert (2004). Raises NotFound.
        """
    def roles(
        self,
        *,
        kinds: collections.abc.Sequence[str] = [],
        band: typing.SupportsFloat | typing.SupportsIndex = 0.1,
        most_branches: typing.SupportsInt | typing.SupportsIndex = 100000000,
        progress: typing.Any = None,
    ) -> ChangeRoles:
        """
        Absorbers, carriers and multipliers of change (Eckert, Clarkson & Zanker 2004): the combined risk of a node to all others over that of all others to it, below 1 - band, within it, above 1 + band.

        `kinds`: only nodes of these and what passes between them, such as ["requirement"]; none: all. Where the propagation trees may have more than `most_branches` branches, all nodes are asked to a lesser depth alike; `depth` of the result says which. Raises NotFound (kinds), InvalidInput, Cancelled.
        """
    @property
    def cutoff(self) -> float:
        """
        A path less likely than this is not followed further.
        """
    @property
    def depth(self) -> int:
        """
        Longest path of the probable reach, in traces.
        """
    @property
    def edge_count(self) -> int:
        """
        Ways from node to node, both directions of a trace counted.
        """

class LoopForecast:
    """
    Duration and cost of a process with rework loops.
    """
    def __len__(self) -> int: ...
    def __repr__(self) -> str: ...
    def cost_over(self, limit: typing.SupportsFloat | typing.SupportsIndex) -> float:
        """
        Share of trials above.
        """
    def duration_over(self, limit: typing.SupportsFloat | typing.SupportsIndex) -> float:
        """
        Share of trials above.
        """
    def figures(
        self,
        *,
        shares: collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex] = [0.1, 0.5, 0.8, 0.9],
        duration_limit: typing.SupportsFloat | typing.SupportsIndex | None = None,
        cost_limit: typing.SupportsFloat | typing.SupportsIndex | None = None,
    ) -> Table:
        """
        of (duration, cost), figure, at, value, standard_error, unit: mean, deviation, skewness, the percentiles at `shares` and, for limits, the share of trials above ("over"). A standard error is None where the trials do not tell it. Raises InvalidInput.
        """
    @property
    def trials(self) -> Table:
        """
        trial, duration, cost.
        """

class WhatIf:
    """
    Changes tried on a plan step by step; only what a change touches is computed again.
    """
    def __repr__(self) -> str: ...
    def add_link(
        self, predecessor: str, successor: str, type: str = "FS", lag: datetime.timedelta = ...
    ) -> WhatIf:
        """
        Raises CycleError with the activities of the loop it would close.
        """
    def dates(self, key: str) -> ActivityDates: ...
    def remove_activity(self, key: str) -> WhatIf:
        """
        Its predecessors then hold its successors directly.
        """
    def remove_link(self, predecessor: str, successor: str, type: str | None = None) -> WhatIf: ...
    def set_calendar(self, key: str, calendar: str) -> WhatIf:
        """
        calendar: one that the plan uses.
        """
    def set_constraint(self, key: str, kind: str, date: datetime.datetime | None = None) -> WhatIf:
        """
        kind: "none", "start_no_earlier_than", … as in Constraint.
        """
    def set_duration(
        self, key: str, duration: datetime.timedelta, remaining: datetime.timedelta | None = None
    ) -> WhatIf:
        """
        Working time from start to finish, and what of it is still to do (absent: what is done stays done). Raises NotFound, InvalidInput; a step that fails is not taken.
        """
    def undo(self) -> bool:
        """
        The last step back; False when there is none.
        """
    @property
    def finish(self) -> datetime.datetime: ...
    @property
    def moved(self) -> Table:
        """
        One row per activity whose dates differ from the plan's.
        """
    @property
    def plan(self) -> Plan:
        """
        The dates as they stand, as a plan that later steps do not change.
        """
    @property
    def start(self) -> datetime.datetime: ...

def amplify_defects(
    steps: collections.abc.Sequence[DefectStep],
    *,
    incoming: typing.SupportsFloat | typing.SupportsIndex = 0.0,
) -> list[float]:
    """
    Defects after each step (IBM 1981; Pressman, 5th ed., fig. 8.2). Raises InvalidInput.
    """

def changes_in_text(text: str | bytes, file: str = "") -> list[ChangeEntry]:
    """
    The changes of JSON Lines, of a JSON list, or one document; each with its line. Of a file, give the bytes: one that is no UTF-8 is then the fault of its own change alone.
    """

def compare(
    before: typing.Any,
    after: typing.Any,
    *,
    by: str = "kind",
    milestone: str = "",
    explain: bool = True,
    exact_parts: typing.SupportsInt | typing.SupportsIndex = 10,
    permutations: typing.SupportsInt | typing.SupportsIndex = 64,
    seed: typing.SupportsInt | typing.SupportsIndex = 1,
    rules: typing.Any = None,
    progress: typing.Any = None,
) -> Comparison:
    """
    What differs between two projects (or plans), what moved, and which edits moved the finish and the cost, grouped by "kind", "activity" or "edit". Each is scheduled under its own rules, or both under `rules`: "primavera", "microsoft" or Rules.

    Raises NotFound, CycleError, InvalidInput, Cancelled.
    """

def containment(
    origins: collections.abc.Sequence[str],
    found: collections.abc.Sequence[str],
    counts: collections.abc.Sequence[collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex]],
) -> Table:
    """
    What each phase finds, contains and lets through (Kan 2002, ch. 6). counts[found][origin], the phases of `found` in the order of `origins`, the field last. Raises InvalidInput.
    """

def coqualmo(
    size: typing.SupportsFloat | typing.SupportsIndex = 1.0,
    *,
    analysis: str = "nominal",
    reviews: str = "nominal",
    testing: str = "nominal",
    adjustment: typing.Annotated[
        collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], "FixedSize(3)"
    ] = [1.0, 1.0, 1.0],
    calibration: typing.Annotated[
        collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex], "FixedSize(3)"
    ] = [1.0, 1.0, 1.0],
) -> Table:
    """
    Defects put in and left over by origin, for `size` thousand source lines (COQUALMO). The published table is confirmed in its row "low" alone, so every figure is assumed. Raises InvalidInput.
    """

def default_assumptions() -> dict[str, typing.Any]:
    """
    Every number that an assessment rests on, with its source and whether it is an assumption.
    """

def defect_costs(
    phases: collections.abc.Sequence[
        tuple[str, typing.SupportsFloat | typing.SupportsIndex, typing.SupportsFloat | typing.SupportsIndex]
    ],
) -> Table:
    """
    What defects cost by the phase they are found in (Pressman, 5th ed., table 8.1). `phases`: (phase, defects found, cost of one) each; the cost in any one unit. How steeply it rises from phase to phase is contested, so nothing is assumed: give what your own records say. Columns: phase, found, cost_each, cost, share; the total is the sum of cost. Raises InvalidInput.
    """

def defects_found(
    steps: collections.abc.Sequence[DefectStep],
    *,
    incoming: typing.SupportsFloat | typing.SupportsIndex = 0.0,
) -> list[float]:
    """
    Defects found in each step of the same chain. Raises InvalidInput.
    """

def fact_kinds() -> list[str]:
    """
    The kinds of facts by name, as in "requirement:REQ-31".
    """

def is_store(path: os.PathLike[str] | str | bytes) -> bool:
    """
    Whether the file is a store, in which edits can be kept.
    """

def overall_effectiveness(
    origins: collections.abc.Sequence[str],
    found: collections.abc.Sequence[str],
    counts: collections.abc.Sequence[collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex]],
) -> float | None:
    """
    1 - field / all; None when nothing is counted.
    """

def predict_change(
    names: collections.abc.Sequence[str],
    likelihood: collections.abc.Sequence[
        collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex]
    ],
    impact: collections.abc.Sequence[collections.abc.Sequence[typing.SupportsFloat | typing.SupportsIndex]],
    *,
    depth: typing.SupportsInt | typing.SupportsIndex = 4,
    cutoff: typing.SupportsFloat | typing.SupportsIndex = 0.0,
    variant: str = "penultimate_node",
) -> ChangePrediction:
    """
    The Change Prediction Method (Clarkson, Simons & Eckert 2004) on square matrices: row receives, column instigates. `variant` says how risk is combined: "penultimate_node" as in the paper, "nested_tree" as likelihood is. Raises InvalidInput.
    """

def quality_options() -> Table:
    """
    name, value (the default), choices of every option of Plan.quality.
    """

def read(
    *paths: str | os.PathLike[str],
    progress: typing.Any = None,
    most_unpacked: typing.SupportsInt | typing.SupportsIndex = 0,
    code_page: str = "",
) -> tuple[Project, list[Diagnostic]]:
    """
    Reads one or more files (XER, MS Project XML, JSON, CSV, store) into one project.

    Returns (project, notes): the notes list what a reader could not keep. `most_unpacked`: bytes that a gzip file may unpack to; 0: 256 MiB or a hundred times its size, and at most 4 GiB. `code_page`: of XER files, "windows-1253"; as their bytes suggest when empty. Raises ParseError, InvalidInput, StoreError.
    """

def simulate_rework(
    loops: typing.Any,
    *,
    trials: typing.SupportsInt | typing.SupportsIndex = 2000,
    seed: typing.SupportsInt | typing.SupportsIndex = 1,
    rework: bool = True,
    correlation: typing.SupportsFloat | typing.SupportsIndex = 0.9,
    progress: typing.Any = None,
) -> LoopForecast:
    """
    Duration and cost of activities whose finish can send back earlier ones (Browning & Eppinger 2002).

    `loops`: a dict or JSON document {"duration_unit", "cost_unit", "activities": [{"name", "duration": [best, most likely, worst], "cost", "repeated"}], "loops": [{"from", "to", "probability", "impact"}]}, activities in the order in which they are attempted. `rework=False`: each is done once. The same on every run with one seed. Raises InvalidInput, ParseError, Cancelled.
    """
