"""Makes the sample of a release: `python -m tests.samples.make` writes `granary-<version>.zip` (a backup of a small home) and its figures.

One for each release, made with the code of that release and never again: every later program must bring it forward.
"""

import json
import sys
import tempfile
from pathlib import Path

from engine import __version__
from engine.store import backup
from tests.operation.homes import figures, lived_in

FOLDER = Path(__file__).parent


def main() -> int:
    """Write both files; 2 where the sample of this version is there already."""
    file = FOLDER / f"granary-{__version__}.zip"
    if file.exists():
        sys.stderr.write(f"{file.name} is there already: a released sample is never made anew.\n")
        return 2
    with tempfile.TemporaryDirectory() as work:
        home = lived_in(Path(work))
        golden = [[list(grain), rows] for grain, rows in figures(home).items()]
        backup.make(home, file)
    file.with_suffix(".json").write_text(json.dumps(golden, ensure_ascii=False, indent=1, default=str) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
