"""`python -m sim.seeds`: for maintainers, write today's checksums into the sidecars after a seed file was edited."""

import re
from pathlib import Path

from sim.seeds.check import check_all
from sim.seeds.files import data_files, root, sha256_of, sidecar_path


def main(folder: Path) -> None:
    """Replace each `sha256:` line that no longer fits, then check everything; raises SeedError as `check_all`."""
    for path in data_files(folder):
        beside = sidecar_path(path)
        text = beside.read_text(encoding="utf-8")
        fresh = re.sub(r"(?m)^sha256:.*$", f"sha256: {sha256_of(path)}", text)
        if fresh != text:
            beside.write_text(fresh, encoding="utf-8")
            print(f"updated {beside.name}")
    print(f"{len(check_all(folder))} seed files are in order")


if __name__ == "__main__":
    main(root())
