"""Text that somebody wrote into a file, and text that is written into one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rapport._rapport import InvalidInput


class Document(str):
    """The text of a file, which knows its name: what is wrong with it is said with that."""

    file: str


def document(path: str | Path) -> Document:
    """The text of a file. Raises OSError, and InvalidInput where it is no UTF-8."""
    try:
        text = Document(Path(path).read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise InvalidInput(f"{path} is no text in UTF-8: byte {fault.start + 1} is none of it") from None
    text.file = str(path)
    return text


@contextmanager
def written_whole(path: Path, ending: str = ".part") -> Iterator[Path]:
    """A draft beside `path`, which takes its place when all went well. Raises OSError naming `path`."""
    draft = path.with_name(path.name + ending)
    try:
        yield draft
        draft.replace(path)
    except OSError as fault:
        with suppress(OSError):
            draft.unlink()
        raise cannot_write(path, fault) from None


def cannot_write(path: Path, fault: OSError) -> OSError:
    reason = "it is a folder" if path.is_dir() else fault.strerror or str(fault)
    if not path.parent.is_dir():
        reason = f"there is no folder {path.parent}"
    return OSError(f"cannot write {path}: {reason}; check that the folder is there and may be written to")


def cannot_read(fault: OSError) -> str:
    """In words, of a file that Python opened."""
    reason = "it is a folder" if isinstance(fault, IsADirectoryError) else fault.strerror or str(fault)
    return f"cannot read {fault.filename}: {reason}; check the name and that it may be read"
