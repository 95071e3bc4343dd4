"""Builds wheels with Python alone (3.11 and later): no build package is needed, so that `pip install --no-index python/` works anywhere.

Without more the wheel is pure and finds the program on the path. With SIDEBAND_BUNDLE=FOLDER it is a platform wheel that carries the
folder, a self-contained build of the program, and a command `sideband`; packaging/build makes it so. The same files give the same bytes.
"""

import base64
import csv
import hashlib
import io
import os
import pathlib
import re
import tarfile
import tomllib
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
# .NET 10 runs on glibc 2.27 and later.
PLATFORM = "py3-none-manylinux_2_27_x86_64"


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    """PEP 517: the wheel's name in the directory."""
    bundle = os.environ.get("SIDEBAND_BUNDLE")
    contents = [(f"sideband/{path.name}", path.read_bytes(), False) for path in sorted((HERE / "sideband").iterdir()) if path.is_file()]
    scripts = None
    if bundle:
        folder = pathlib.Path(bundle)
        if not os.access(folder / "sideband", os.X_OK):
            raise SystemExit(f"SIDEBAND_BUNDLE: no program 'sideband' in {folder}")
        contents += [
            (f"sideband/program/{path.relative_to(folder).as_posix()}", path.read_bytes(), os.access(path, os.X_OK))
            for path in sorted(folder.rglob("*")) if path.is_file()]
        scripts = "[console_scripts]\nsideband = sideband.__main__:main\n"
    return _wheel(pathlib.Path(wheel_directory), PLATFORM if bundle else "py3-none-any", contents, scripts)


def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    """PEP 660: a wheel that points to this folder."""
    return _wheel(pathlib.Path(wheel_directory), "py3-none-any", [("sideband.pth", f"{HERE}\n".encode(), False)], None)


def build_sdist(sdist_directory, config_settings=None):
    """PEP 517: the sources of the package, without the program."""
    name = f"sideband-{_version()}"
    with tarfile.open(pathlib.Path(sdist_directory) / f"{name}.tar.gz", "w:gz", format=tarfile.PAX_FORMAT) as archive:
        for path in (HERE / "pyproject.toml", HERE / "README.md", HERE / "build_backend.py", *sorted((HERE / "sideband").glob("*.*"))):
            archive.add(path, f"{name}/{path.relative_to(HERE)}")
        metadata = _metadata()
        entry = tarfile.TarInfo(f"{name}/PKG-INFO")
        entry.size = len(metadata)
        archive.addfile(entry, io.BytesIO(metadata))
    return f"{name}.tar.gz"


def _wheel(folder, tag, contents, scripts):
    version = _version()
    info = f"sideband-{version}.dist-info"
    pure = "true" if tag.endswith("any") else "false"
    contents = [
        *contents,
        (f"{info}/METADATA", _metadata(), False),
        (f"{info}/WHEEL", f"Wheel-Version: 1.0\nGenerator: sideband\nRoot-Is-Purelib: {pure}\nTag: {tag}\n".encode(), False)]
    if scripts:
        contents.append((f"{info}/entry_points.txt", scripts.encode(), False))
    record = io.StringIO()
    rows = csv.writer(record, lineterminator="\n")
    for name, content, _ in contents:
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        rows.writerow((name, f"sha256={digest}", len(content)))
    rows.writerow((f"{info}/RECORD", "", ""))
    contents.append((f"{info}/RECORD", record.getvalue().encode(), False))
    wheel = f"sideband-{version}-{tag}.whl"
    with zipfile.ZipFile(folder / wheel, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content, runs in contents:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100755 if runs else 0o100644) << 16
            archive.writestr(entry, content)
    return wheel


def _version():
    text = (HERE / "sideband" / "__init__.py").read_text(encoding="utf-8")
    return re.search(r'^__version__ = "(.+)"$', text, re.MULTILINE)[1]


def _metadata():
    project = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [
        "Metadata-Version: 2.1", f"Name: {project['name']}", f"Version: {_version()}", f"Summary: {project['description']}",
        f"Author: {project['authors'][0]['name']}", f"License: {project['license']['text']}",
        f"Requires-Python: {project['requires-python']}"]
    lines += [f"Classifier: {text}" for text in project["classifiers"]]
    lines += [f"Requires-Dist: {text}" for text in project["dependencies"]]
    for extra, needs in project["optional-dependencies"].items():
        lines += [f"Provides-Extra: {extra}", *(f'Requires-Dist: {text} ; extra == "{extra}"' for text in needs)]
    lines += ["Description-Content-Type: text/markdown", "", (HERE / project["readme"]).read_text(encoding="utf-8")]
    return "\n".join(lines).encode()
