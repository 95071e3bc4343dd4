"""The package as pip installs it: the pure wheel, and the platform wheel that SIDEBAND_WHEEL names (packaging/try does)."""

import importlib.util
import os
import pathlib
import re
import subprocess
import sys
import unittest
import zipfile

import sideband
from support import ROOT, FolderTest

WHEEL = os.environ.get("SIDEBAND_WHEEL")
MOST_BYTES = 50_000_000
SEARCH = """
import pandas, sideband
events = pandas.DataFrame(sideband.simulate(20_000, 400))
run = sideband.scan(events, windows="5,6", systematics="none", profile="quick", members=2, folds=2, out="run", progress=False)
print(sideband.__file__, sideband._program.find())
"""


class Wheels(FolderTest):
    def run_in(self, *command, **environment):
        """What a command prints that must succeed; it sees neither this package nor this program."""
        clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "SIDEBAND_PROGRAM", "PIP_INDEX_URL")}
        done = subprocess.run(command, env=dict(clean, PIP_DISABLE_PIP_VERSION_CHECK="1", **environment), text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=self.folder)
        self.assertEqual(done.returncode, 0, done.stdout)
        return done.stdout

    def installed(self, wheel):
        """A fresh virtual environment with a wheel; what it had before."""
        self.run_in(sys.executable, "-m", "venv", "--system-site-packages", "env")
        before = self.files()
        self.run_in("env/bin/pip", "install", "--no-index", "--root-user-action=ignore", str(wheel))
        return before

    def files(self):
        return {path for path in (self.folder / "env").rglob("*")}

    def test_the_version_is_the_program_s(self):
        properties = (ROOT / "Directory.Build.props").read_text()
        self.assertEqual(sideband.__version__, re.search("<Version>(.+)</Version>", properties)[1])

    @unittest.skipUnless(sys.version_info >= (3, 11) and importlib.util.find_spec("pip"),
                         "needs Python 3.11 with pip (python3-pip, python3-venv)")
    def test_the_pure_package_is_built_without_build_packages_and_leaves_nothing(self):
        before = self.installed(ROOT / "python")
        said = self.run_in("env/bin/python", "-c", "import sideband; print(sideband.__file__)")
        self.assertTrue(said.startswith(f"{self.folder}/env/"), said)
        missing = subprocess.run(
            ["env/bin/python", "-c", "import sideband; sideband.scan()"], cwd=self.folder, env={"PATH": "/usr/bin:/bin"}, text=True,
            stderr=subprocess.PIPE, stdout=subprocess.PIPE)
        self.assertIn("ProgramNotFoundError: the program 'sideband' is not there: install the package's platform wheel", missing.stderr)
        self.run_in("env/bin/pip", "uninstall", "--yes", "sideband")
        self.assertEqual(self.files(), before)

    @unittest.skipUnless(WHEEL, "SIDEBAND_WHEEL names no wheel")
    def test_the_platform_wheel_searches_without_dotnet_and_leaves_nothing(self):
        wheel = pathlib.Path(WHEEL)
        self.assertLess(wheel.stat().st_size, MOST_BYTES)
        with zipfile.ZipFile(wheel) as archive:
            self.assertIsNone(archive.testzip())
        before = self.installed(wheel)
        said = self.run_in("env/bin/python", "-c", SEARCH, PATH="/usr/bin:/bin", DOTNET_ROOT="/nowhere")
        self.assertEqual(said.split()[0], f"{self.folder}/env/lib/python3.{sys.version_info[1]}/site-packages/sideband/__init__.py")
        self.assertIn("/site-packages/sideband/program/sideband']", said)
        self.assertEqual(self.run_in("env/bin/sideband", "--version", PATH="/usr/bin:/bin").split("+")[0].strip(), sideband.__version__)
        self.run_in("env/bin/pip", "uninstall", "--yes", "sideband")
        self.assertEqual(self.files(), before)


if __name__ == "__main__":
    unittest.main()
