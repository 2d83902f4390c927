"""Ends the task when it is decided: the only essential container.

Argument, JSON: candidates [name], gates [[waiter, target, SUCCESS or HEALTHY]], timeout (seconds).
AUDITION_DEADLINE is the absolute deadline in seconds since 1970; without it the timeout counts
from here. Exit codes: 0 every candidate has ended, 65 hopeless, 66 deadline, 67 the task metadata
was unreachable for 60 s, 143 told to stop.
"""
import json
import os
import signal
import sys
import time
import urllib.request


def containers(url):
    with urllib.request.urlopen(url, timeout=5) as answer:
        return {c["Name"]: c for c in json.load(answer).get("Containers", [])}


def ended(container):
    return container is not None and container.get("KnownStatus") == "STOPPED"


def hopeless(plan, seen):
    """Say why no candidate can decide any more; a container that is absent has not started."""
    for name in plan["candidates"]:
        if ended(seen.get(name)) and "StartedAt" not in seen[name]:
            return f"{name} never started"
    for waiter, target, condition in plan["gates"]:
        container = seen.get(target)
        if container is None or "StartedAt" in seen.get(waiter, {}):
            continue
        if condition == "SUCCESS" and ended(container) and container.get("ExitCode") != 0:
            return f"{waiter} waits for {target}, which ended with {container.get('ExitCode')}"
        if condition == "HEALTHY" and ended(container):
            return f"{waiter} waits for {target} to be healthy, which has ended"
        if condition == "HEALTHY" and container.get("Health", {}).get("status") == "UNHEALTHY":
            return f"{waiter} waits for {target}, which is unhealthy"
    return ""


def leave(code, reason):
    print(reason, flush=True)
    sys.exit(code)


def main(plan):
    signal.signal(signal.SIGTERM, lambda *_: leave(143, "told to stop"))
    url = os.environ["ECS_CONTAINER_METADATA_URI_V4"] + "/task"
    deadline = float(os.environ.get("AUDITION_DEADLINE") or time.time() + plan["timeout"])
    reached = time.monotonic()
    while True:
        if time.time() >= deadline:
            leave(66, "the deadline has passed")
        try:
            seen = containers(url)
            reached = time.monotonic()
        except (OSError, ValueError) as error:
            if time.monotonic() - reached > 60:
                leave(67, f"task metadata unreachable: {error}")
            seen = {}
        reason = hopeless(plan, seen)
        if reason:
            leave(65, reason)
        if plan["candidates"] and all(ended(seen.get(name)) for name in plan["candidates"]):
            leave(0, "every candidate has ended")
        time.sleep(1)


main(json.loads(sys.argv[1]))
