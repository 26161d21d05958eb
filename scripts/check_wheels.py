"""Build the wheels of the core and of every plugin, install them where no source is, and see the platform answer there.

A missing template, catalogue or asset shows itself only outside the source tree.
"""

import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

INI = """\
[app:main]
use = egg:fdplattform
fdplattform.database_url = sqlite:///%(here)s/wheels.sqlite
fdplattform.secret = only for the check of the wheels, nowhere else
fdplattform.var = %(here)s/var
fdplattform.strict = true
[server:main]
use = egg:waitress#main
"""

#: Pages that between them need every kind of packaged file.
CHECK = """\
import json, sys
from webtest import TestApp
from fdplattform.cli.support.deployment import Deployment
app = TestApp(Deployment(sys.argv[1]).app)
home = app.get("/?lang=ar")
assert 'dir="rtl"' in home, "the layout or the Arabic catalogue is missing"
for link in home.lxml.xpath("//link[@rel='stylesheet']/@href"):
    assert app.get(link).status_int == 200
demo = app.get("/kommunen/musterstadt-beispiel")
assert "musterstadt-beispiel" in demo
health = app.get("/-/health").json
print(json.dumps(health["plugins"]))
"""


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheels = _build(folder / "wheels")
        python = _environment(folder / "venv", wheels)
        (folder / "site.ini").write_text(INI)
        program = str(python.parent / "fdplattform")
        _run([program, "-c", "site.ini", "setup", "--demo"], folder)
        (folder / "check.py").write_text(CHECK)
        states = json.loads(_run([str(python), "-W", "ignore", "check.py", "site.ini"], folder).splitlines()[-1])
        wanted = {path.parent.name for path in ROOT.glob("plugins/*/setup.cfg")}
        active = {state["id"] for state in states if state["state"] == "active"}
        if active != wanted:
            print(f"plugins active outside the source tree: {sorted(active)}, wanted: {sorted(wanted)}")
            return 1
        print(f"{len(wheels)} wheels built, installed and started outside the source tree")
    return 0


def _build(target: Path) -> list[Path]:
    for source in [ROOT, *(path.parent for path in sorted(ROOT.glob("plugins/*/setup.cfg")))]:
        _run(
            [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(target), str(source)],
            ROOT,
        )
    return sorted(target.glob("*.whl"))


def _environment(folder: Path, wheels: list[Path]) -> Path:
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run([*pip, "-c", str(ROOT / "constraints.txt"), "webtest", "lxml", *map(str, wheels)], folder)
    return python


def _run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
