"""The building process on a faulty disk: `python -m tests.operation.faulty_worker FOLDER`, told by FAULTY_DISK = `<root>|<which>|<errno>`.

Leaves the number of operations in the file that FAULTY_COUNT names.
"""

import os
import sys
from pathlib import Path

from engine.store import worker
from tests.operation.faulty_disk import FaultyDisk


def main() -> int:
    """Run the job; its exit code."""
    root, which, number = os.environ["FAULTY_DISK"].split("|")
    with FaultyDisk(Path(root), int(which), int(number)).laid_over() as disk:
        try:
            code = worker.main(Path(sys.argv[1]))
        finally:
            counted = disk.count
            disk.failing = 0
            Path(os.environ["FAULTY_COUNT"]).write_text(str(counted), encoding="utf-8")
    return code


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code)
