"""`roadmap schema`: the JSON schema of scenario files, for editors that check while one writes."""

from __future__ import annotations

from sim.cli.console import say


def schema() -> None:
    """Print the JSON schema of scenario files."""
    import json

    from sim.scenario import json_schema

    say(json.dumps(json_schema(), ensure_ascii=False, indent=2))
