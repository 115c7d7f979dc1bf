"""`attache check`: every problem of a knowledge folder, for people or for machines."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from bot.checking import check_files
from bot.knowledge.files import list_files

CLEAN, PROBLEMS = 0, 1


def run_check(folder: Path, *, as_json: bool, warnings_too: bool = False) -> int:
    """Print the problems; 0 if there is no error (warnings do not count), else 1. Raises FolderError.

    People see the warnings one by one only if they ask; a base of some age has hundreds of facts to look at again.
    """
    checked = check_files(list_files(folder), examples=True)
    errors, warnings = checked.errors, [p for p in checked.problems if p.severity != "error"]
    if as_json:
        found = {"errors": len(errors), "warnings": len(warnings), "problems": [asdict(p) for p in checked.problems]}
        sys.stdout.write(json.dumps(found, indent=1) + "\n")
    else:
        for problem in checked.problems if warnings_too else errors:
            sys.stdout.write(f"{problem}\n")
        rows = checked.rows
        told = " (--warnings lists them)" if warnings and not warnings_too else ""
        sys.stdout.write(
            f"{len(rows.facts)} facts, {len(rows.coverages)} coverages, {len(rows.entities)} entities, "
            f"{len(rows.sources)} sources: {len(errors)} errors, {len(warnings)} warnings{told}\n"
        )
    return PROBLEMS if errors else CLEAN
