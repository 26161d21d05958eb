"""The stand-alone script that checks records, as a module and as the program that it is."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import fdplattform
from fdplattform.tools.draw.engine.canonical import file_of
from fdplattform.tools.draw.engine.record import Record

SCRIPT = Path(fdplattform.__file__).parent / "tools" / "draw" / "engine" / "verify_draw.py"


def run_script(tmp_path: Path, record: Record, *arguments: str) -> subprocess.CompletedProcess[str]:
    file = tmp_path / "record.json"
    file.write_bytes(file_of(record))
    return subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(file), *arguments], capture_output=True, text=True, check=False
    )


def script() -> dict[str, Any]:
    """What the stand-alone script defines."""
    names: dict[str, Any] = {"__name__": "verify_draw"}
    exec(compile(SCRIPT.read_text(encoding="utf-8"), str(SCRIPT), "exec"), names)
    return names
