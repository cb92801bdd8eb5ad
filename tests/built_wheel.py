"""Build the wheel, install it into an environment of its own and use it there.

Run by `make dist`. The new environment sees the dependencies of the one that runs this script, but
not the checkout, so a data file that the wheel lacks is found here.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "muenster"


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **environment},
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        sys.exit(f"{' '.join(str(part) for part in command)} ended with {done.returncode}")
    return done.stdout


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        run(sys.executable, "-m", "build", "--no-isolation", "--outdir", work, ROOT, cwd=work)
        (wheel,) = work.glob("*.whl")
        venv.create(work / "env", with_pip=True)
        python = work / "env" / "bin" / "python"
        pip = (python, "-m", "pip", "--disable-pip-version-check", "-q")
        run(*pip, "install", "--no-deps", wheel, cwd=work)
        site = next((work / "env" / "lib").glob("python*/site-packages"))
        # The dependencies, without the .pth file that would put the checkout on the path.
        dependencies = work / "dependencies"
        dependencies.mkdir()
        for entry in Path(sysconfig.get_path("purelib")).iterdir():
            if not entry.name.startswith(("kreislaufstadt", "_kreislaufstadt")):
                (dependencies / entry.name).symlink_to(entry)
        (site / "dependencies.pth").write_text(f"{dependencies}\n", "utf-8")
        program = work / "env" / "bin" / "kreislaufstadt"
        data = {"KREISLAUFSTADT_DATA": str(work / "data")}
        where = run(python, "-c", "import kg; print(kg.__file__)", cwd=work)
        if not where.startswith(str(site)):
            sys.exit(f"the package was not taken from the wheel but from {where}")
        run(program, "build", EXAMPLE, cwd=work, **data)
        answer = run(
            program,
            "check",
            EXAMPLE / "pruefbeispiele" / "reparaturbonus.yaml",
            "--city",
            "05515000",
            cwd=work,
            **data,
        )
        sys.stdout.write(f"{wheel.name}: built, installed and used\n{answer.splitlines()[0]}\n")


if __name__ == "__main__":
    main()
