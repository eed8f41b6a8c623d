"""Bring foreign front-end files into the repository, and prove that they are the ones that were looked at.

    python tools/vendor.py --check    compare each file with vendor.lock, look for forbidden syntax (default)
    python tools/vendor.py --fetch    get the packages with npm, build, write the files and vendor.lock

Customers have no CDN and often no npm, so the files are committed and --check needs nothing but Python. Only --fetch
needs Node, npm and a network. The syntax that --check forbids does not work in the browsers of the users: Windows 7
stops at Chrome 109, browsers of domestic systems are often older.
"""

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "tools" / "vendor.lock"
SERVED = "anwei/portal/static/vendor"
ESBUILD = "0.28.2"
ECHARTS_LICENCE = "/*! Apache ECharts {version}, Apache-2.0, The Apache Software Foundation; zrender, BSD-3-Clause */\n"
BUNDLE = (
    ["node_modules/.bin/esbuild", "entry.js", "--outfile=out.js", "--bundle", "--minify", "--format=iife"],
    ["--target=chrome60", "--legal-comments=none", "--charset=utf8", "--define:process.env.NODE_ENV='production'"],
)
FORBIDDEN = ("oklch(", "color-mix(", ":has(", "@layer")
# Names of XML vocabularies, and a page named in a message for developers; browsers never fetch them.
NOT_LOADED = re.compile(r"https?://(www\.w3\.org/|github\.com/floating-ui/)")
ADDRESS = re.compile(r"https?://[^\s\"'`)\\]*")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SOURCE_MAP = re.compile(r"\n?(?:/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*)\s*")


@dataclass(frozen=True)
class Vendored:
    """One foreign file: where it lies, which package and version it comes from, how it is made."""

    path: str
    package: str
    version: str
    source: str
    licence: str


FILES = (
    Vendored(f"{SERVED}/bootstrap.min.css", "bootstrap", "5.3.9", "dist/css/bootstrap.min.css", "MIT"),
    Vendored(f"{SERVED}/bootstrap.bundle.min.js", "bootstrap", "5.3.9", "dist/js/bootstrap.bundle.min.js", "MIT"),
    Vendored(f"{SERVED}/echarts.svg.min.js", "echarts", "6.1.0", "built from tools/echarts_entry.js", "Apache-2.0"),
    Vendored(f"{SERVED}/icons.svg", "@tabler/icons", "3.51.0", "sprite of tools/icons.txt", "MIT"),
    Vendored("tests/vendor/axe.min.js", "axe-core", "4.14.1", "axe.min.js", "MPL-2.0"),
)


def locked(lock: Path = LOCK) -> list[dict[str, str]]:
    """Entries of vendor.lock: path, package, version, source, licence, sha256."""
    return tomllib.loads(lock.read_text(encoding="utf-8"))["file"]


def faults(text: str) -> list[str]:
    """What a served file holds that old browsers cannot read or that would load something from outside."""
    found = [f"forbidden syntax {word}" for word in FORBIDDEN if word in text]
    bare = COMMENT.sub("", text)
    found += [f"outside address {a}" for a in ADDRESS.findall(bare) if not NOT_LOADED.match(a)]
    if "sourceMappingURL" in text:
        found.append("source map comment")
    return found


def check(root: Path = ROOT) -> list[str]:
    """All differences between vendor.lock and the files, as lines for people; empty when all is well."""
    problems = []
    entries = locked(root / "tools" / "vendor.lock")
    for entry in entries:
        file = root / entry["path"]
        if not file.is_file():
            problems.append(f"{entry['path']}: missing")
            continue
        if hashlib.sha256(file.read_bytes()).hexdigest() != entry["sha256"]:
            problems.append(f"{entry['path']}: differs from vendor.lock")
        if entry["path"].startswith(SERVED):
            problems += [f"{entry['path']}: {fault}" for fault in faults(file.read_text(encoding="utf-8"))]
    known = {entry["path"] for entry in entries}
    strays = (str(f.relative_to(root)) for f in sorted((root / SERVED).rglob("*")) if f.is_file())
    return problems + [f"{stray}: not in vendor.lock" for stray in strays if stray not in known]


def sprite(folder: Path) -> str:
    """One SVG with a <symbol> for each icon named in tools/icons.txt."""
    names = (ROOT / "tools" / "icons.txt").read_text(encoding="utf-8").split()
    symbols = []
    for name in names:
        svg = (folder / "icons" / "outline" / f"{name}.svg").read_text(encoding="utf-8")
        shapes = re.sub(r'<path stroke="none"[^>]*>|\n\s*', "", re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)[1])
        symbols.append(
            f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" '
            f'stroke-linecap="round" stroke-linejoin="round">{shapes}</symbol>'
        )
    head = '<svg xmlns="http://www.w3.org/2000/svg"><!-- Tabler Icons, MIT, Copyright Paweł Kuna -->\n'
    return head + "\n".join(symbols) + "\n</svg>\n"


def build_echarts(work: Path, version: str) -> str:
    """The chart library with only the charts and components of echarts_entry.js, as one script."""
    shutil.copy(ROOT / "tools" / "echarts_entry.js", work / "entry.js")
    subprocess.run([*BUNDLE[0], *BUNDLE[1]], cwd=work, check=True)
    return ECHARTS_LICENCE.format(version=version) + (work / "out.js").read_text(encoding="utf-8")


def fetch() -> None:
    """Install the named versions in a scratch folder, write the files and vendor.lock anew."""
    packages = sorted({f"{f.package}@{f.version}" for f in FILES})
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        (work / "package.json").write_text("{}", encoding="utf-8")
        command = ["npm", "install", "--no-audit", "--no-fund", "--silent", *packages, f"esbuild@{ESBUILD}"]
        subprocess.run(command, cwd=work, check=True)
        entries = []
        for file in FILES:
            folder = work / "node_modules" / file.package
            if file.source.startswith("built"):
                text = build_echarts(work, file.version)
            elif file.source.startswith("sprite"):
                text = sprite(folder)
            else:
                text = SOURCE_MAP.sub("\n", (folder / file.source).read_text(encoding="utf-8"))
            target = ROOT / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
            entries.append((file, hashlib.sha256(target.read_bytes()).hexdigest()))
    LOCK.write_text("".join(lock_entry(file, digest) for file, digest in entries), encoding="utf-8")


def lock_entry(file: Vendored, digest: str) -> str:
    fields = {**vars(file), "sha256": digest}
    return "[[file]]\n" + "".join(f'{key} = "{value}"\n' for key, value in fields.items()) + "\n"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Vendored front-end files: check them, or fetch them anew.")
    parser.add_argument("--check", action="store_true", help="compare with vendor.lock (default)")
    parser.add_argument("--fetch", action="store_true", help="fetch and build with npm, write vendor.lock")
    if parser.parse_args(arguments).fetch:
        fetch()
    problems = check()
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
