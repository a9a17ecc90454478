"""The ``rapport`` command (``pip install librapport[cli]``).

Exit codes: 0 done, 1 the plan or another input is at fault (message on stderr), 2 wrong use.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Runs the command line."""
    try:
        # Their commands register themselves.
        from rapport.cli import (  # noqa: F401
            batch,
            change,
            choosing,
            compare,
            cost,
            defects,
            export,
            floats,
            loops,
            paths,
            predict,
            quality,
            reach,
            rework,
        )
        from rapport.cli.commands import app
    except ModuleNotFoundError as missing:
        sys.stderr.write(f"rapport: the command line needs {missing.name}: pip install 'librapport[cli]'\n")
        raise SystemExit(2) from None
    from rapport.cli.console import reporting_faults

    with reporting_faults():
        app()
