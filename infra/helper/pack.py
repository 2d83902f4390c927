"""Writes an archive, .tar.gz, of what a task leaves behind to its standard output.

Argument, JSON: artifacts [[name in the archive, path]], bytes and files (their limits), seconds,
grace (seconds; a third of it is left after SIGTERM), result (what becomes result.json).
It reads files that candidates made: it is given an empty environment, follows no link, opens
neither devices nor pipes, and whatever it finds, the archive is a whole one.
"""
import gzip
import io
import itertools
import json
import os
import signal
import stat
import sys
import tarfile
import time

FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
DEEPEST = 32


class Packer:
    """Writes files as they are, byte for byte, and notes what it leaves out."""

    def __init__(self, job):
        self.job, self.bytes, self.entries = job, job["bytes"], job["files"]
        self.end = time.monotonic() + job["seconds"]
        self.files, self.skipped, self.left_out, self.full = 0, [], 0, False

    def hurry(self, *_):
        self.end = min(self.end, time.monotonic() + self.job["grace"] / 3)

    def late(self):
        return time.monotonic() > self.end

    def skip(self, name, why):
        self.left_out += 1
        if len(self.skipped) < 100:
            self.skipped.append([name, why])

    def write(self, out):
        with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=1, mtime=0) as zipped:
            with tarfile.open(fileobj=zipped, mode="w") as self.archive:
                for name, path in self.job["artifacts"]:
                    self.start(name, path)
                kept = self.job["bytes"] - self.bytes
                told = {"files": self.files, "bytes": kept}
                told |= {"leftOut": self.left_out, "skipped": self.skipped}
                text = json.dumps({**self.job["result"], "artifacts": told}, indent=1).encode()
                self.member("result.json", len(text), time.time(), 0o644, io.BytesIO(text))

    def member(self, name, size, mtime, mode, source):
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = size, int(mtime), mode
        self.archive.addfile(info, source)

    def start(self, name, path):
        *parents, last = path.strip("/").split("/")
        here = os.open("/", FOLDER)
        try:
            for part in parents:
                inner = os.open(part, FOLDER, dir_fd=here)
                os.close(here)
                here = inner
            self.entry(here, last, name, 0)
        except OSError as error:
            self.skip(name, f"{error.filename}: {error.strerror}")
        finally:
            os.close(here)

    def entry(self, parent, last, name, depth):
        self.entries -= 1
        try:
            mode = os.stat(last, dir_fd=parent, follow_symlinks=False).st_mode
            if stat.S_ISDIR(mode) and depth < DEEPEST:
                self.folder(parent, last, name, depth)
            elif stat.S_ISREG(mode):
                self.file(parent, last, name)
            else:
                self.skip(name, "too deep" if stat.S_ISDIR(mode) else "neither file nor folder")
        except OSError as error:
            self.skip(name, error.strerror or str(error))

    def folder(self, parent, last, name, depth):
        here = os.open(last, FOLDER, dir_fd=parent)
        try:
            with os.scandir(here) as entries:
                names = [e.name for e in itertools.islice(entries, max(0, self.entries) + 1)]
            for inner in sorted(names):
                if self.full:
                    return
                if self.entries <= 0 or self.late():
                    self.full = True
                    why = "out of time" if self.late() else f"more than {self.job['files']} entries"
                    self.skip(f"{name}/{inner}", why + "; it and the rest are left out")
                    return
                self.entry(here, inner, f"{name}/{inner}", depth + 1)
        finally:
            os.close(here)

    def file(self, parent, last, name):
        handle = os.open(last, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=parent)
        with open(handle, "rb") as source:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                self.skip(name, "neither file nor folder")
            elif found.st_size > self.bytes:
                self.skip(name, f"{found.st_size} bytes, and {self.bytes} are left of the limit")
            else:
                self.bytes -= found.st_size
                self.files += 1
                mode = 0o755 if found.st_mode & 0o111 else 0o644
                steady = Steady(source, self)
                self.member(name, found.st_size, found.st_mtime, mode, steady)
                if steady.short:
                    self.skip(name, "cut short: it shrank, or there was no time; zeros fill it up")


class Steady:
    """Gives as many bytes of a file as were asked for, whatever happens to it meanwhile."""

    def __init__(self, source, packer):
        self.source, self.packer, self.short = source, packer, False

    def read(self, wanted):
        data = b"" if self.packer.late() else self.source.read(wanted)
        self.short |= len(data) < wanted
        return data + bytes(wanted - len(data))


packer = Packer(json.loads(sys.argv[1]))
signal.signal(signal.SIGTERM, packer.hurry)
packer.write(sys.stdout.buffer)
