"""Ends the task when it is decided: the only essential container. Uploads what the task leaves.

Arguments: the program that packs, and JSON: containers [name], candidates [name],
gates [[waiter, target, SUCCESS or HEALTHY]], timeout (seconds), artifacts [[name in the archive,
path]], bytes and files (their limits), grace (seconds for the upload where there is a hurry).
AUDITION_DEADLINE: seconds since 1970; without it the timeout counts from here.
AUDITION_ARTIFACTS_URL: takes the archive by PUT; without it nothing is uploaded.
Exit codes: 0 every candidate has ended, 64 so too but the upload failed, 65 hopeless, 66 deadline,
67 the task metadata was unreachable for 60 s, 143 told to stop.
"""
import http.client
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

TROUBLE = (OSError, ValueError, KeyError, TypeError, http.client.HTTPException)
UPLOAD_SECONDS = 300
PATIENCE = 60  # seconds without metadata


class Told(BaseException):
    """SIGTERM came while it watched."""


class Late(BaseException):
    """The time for the upload is over."""


class Keeper:
    def __init__(self, packer, plan):
        self.packer, self.plan, self.seen = packer, plan, {}
        self.watching, self.hurried, self.packing = True, False, None

    def told(self, *_):
        self.hurried = True
        if self.watching:
            self.watching = False
            raise Told
        left = signal.alarm(self.plan["grace"])
        if 0 < left < self.plan["grace"]:
            signal.alarm(left)
        if self.packing:
            self.packing.terminate()

    def look(self):
        # Never through a proxy, whatever the image's environment says.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        url = os.environ["ECS_CONTAINER_METADATA_URI_V4"] + "/task"
        with opener.open(url, timeout=5) as answer:
            self.seen = {c["Name"]: c for c in json.load(answer)["Containers"]}

    def hopeless(self):
        """Say why a candidate can never run; a container that is absent has not started."""
        for name in self.plan["candidates"]:
            if ended(self.seen.get(name)) and not started(self.seen[name]):
                return f"{name} never started"
        for waiter, target, condition in self.plan["gates"]:
            container = self.seen.get(target)
            if container is None or started(self.seen.get(waiter)):
                continue
            if condition == "SUCCESS" and ended(container) and container.get("ExitCode") != 0:
                return f"{waiter} waits for {target}, which ended with {container.get('ExitCode')}"
            if condition == "HEALTHY" and ended(container):
                return f"{waiter} waits for {target} to be healthy, which has ended"
            if condition == "HEALTHY" and health(container) == "UNHEALTHY":
                return f"{waiter} waits for {target}, which is unhealthy"
        return ""

    def watch(self):
        given = os.environ.get("AUDITION_DEADLINE")
        deadline = float(given or time.time() + self.plan["timeout"])
        reached, before = time.monotonic(), ""
        while time.time() < deadline:
            reason = ""
            try:
                self.look()
                reached = time.monotonic()
                candidates = [self.seen.get(name) for name in self.plan["candidates"]]
                if candidates and all(ended(c) and started(c) for c in candidates):
                    return 0, "every candidate has ended"
                reason = self.hopeless()
            except TROUBLE as error:
                if time.monotonic() - reached > PATIENCE:
                    return 67, f"the task metadata was unreachable for {PATIENCE} s: {error}"
            # Twice: a container is seen to have stopped a moment before its exit code is.
            if reason and reason == before:
                return 65, reason
            before = reason
            time.sleep(0.5)
        return 66, "the deadline has passed"

    def run(self):
        signal.signal(signal.SIGALRM, late)
        signal.signal(signal.SIGTERM, self.told)
        try:
            code, reason = self.watch()
            self.watching = False
        except Told:
            code, reason = 143, "told to stop"
        print(reason, flush=True)
        failure = ""
        try:
            self.leave(code, reason)
        except Late:
            failure = "the time for it was over"
        except TROUBLE as error:
            # Other errors may have the address in their text, and with it the right to write there.
            failure = str(error) if isinstance(error, OSError) else type(error).__name__
        signal.alarm(0)
        if failure:
            print(f"reports and artifacts were not uploaded: {failure}", flush=True)
        return 64 if failure and code == 0 else code

    def leave(self, code, reason):
        url = os.environ.get("AUDITION_ARTIFACTS_URL")
        if not url:
            if self.plan["artifacts"]:
                raise OSError("nobody said where to")
            return
        seconds = self.plan["grace"] if code or self.hurried else UPLOAD_SECONDS
        signal.alarm(seconds)
        try:
            self.look()
        except TROUBLE:
            pass  # what was seen last must do
        containers = {name: state(self.seen.get(name)) for name in self.plan["containers"]}
        result = {"schema": 1, "exitCode": code, "reason": reason, "containers": containers}
        job = {name: self.plan[name] for name in ("artifacts", "bytes", "files", "grace")}
        job |= {"seconds": seconds / 2, "result": result}
        with tempfile.TemporaryFile() as archive:
            failed = self.pack(job, archive)
            if failed:
                print(f"packing ended with {failed}: only result.json is left", flush=True)
                archive.truncate(0)
                result["packing"] = failed
                failed = self.pack(job | {"artifacts": []}, archive)
            if failed:
                raise OSError(f"packing ended with {failed}")
            upload(url, archive)

    def pack(self, job, archive):
        # What reads candidates' files has no environment: nothing in it could get out with them.
        command = [sys.executable, "-I", "-c", self.packer, json.dumps(job)]
        archive.seek(0)
        with subprocess.Popen(command, env={}, stdin=subprocess.DEVNULL, stdout=archive) as child:
            self.packing = child
            try:
                return child.wait()
            finally:
                self.packing = None
                child.kill()


def late(*_):
    raise Late


def started(container):
    return container is not None and "StartedAt" in container


def ended(container):
    return container is not None and container.get("KnownStatus") == "STOPPED"


def health(container):
    return (container.get("Health") or {}).get("status")


def state(container):
    if container is None:
        return {"status": "ABSENT", "started": False}
    told = {"status": container.get("KnownStatus"), "started": started(container)}
    more = {"exitCode": container.get("ExitCode"), "health": health(container)}
    return told | {name: value for name, value in more.items() if value is not None}


def upload(url, archive):
    size = archive.seek(0, os.SEEK_END)
    headers = {"Content-Type": "application/gzip", "Content-Length": str(size)}
    for delay in (1, 3, 9, None):
        archive.seek(0)
        try:
            request = urllib.request.Request(url, archive, headers, method="PUT")
            urllib.request.urlopen(request, timeout=20).close()
            print(f"uploaded {size} bytes", flush=True)
            return
        except TROUBLE as error:
            if delay is None or getattr(error, "code", 0) in (403, 404):
                raise
        time.sleep(delay)


sys.exit(Keeper(sys.argv[1], json.loads(sys.argv[2])).run())
