"""Prepares a task before anything else of it starts; runs as root. Doing it again does no harm.

Argument, JSON: hosts {name: address}, open [folder], folders {folder: path in the workspace},
files {file: {"path": path in the workspace} or {"variable": name of a variable, base64}}.
AUDITION_WORKSPACE_URL is a .tar.gz of the workspace, wanted where paths are named. Its links stay
links; where a path that is asked for leads through them, they are followed inside of the archive
alone, so nothing ever leads out of it. Owners and files' modes are the archive's; folders may be
written by everyone, because nobody knows as which user a container will.
"""
import base64
import http.client
import json
import os
import shutil
import signal
import sys
import tarfile
import tempfile
import time
import urllib.error
import urllib.request
import zlib

BROKEN = (OSError, EOFError, zlib.error, tarfile.TarError, http.client.HTTPException)


def stop(reason):
    print("cannot prepare the task: " + reason, flush=True)
    sys.exit(1)


def add_hosts(hosts, path):
    # Appended in place: the file is a mount shared by the whole task and cannot be replaced.
    with open(path, "a+", encoding="utf-8") as file:
        file.seek(0)
        there = {tuple(line.split()) for line in file}
        new = [f"{a} {name}\n" for name, a in hosts.items() if (a, name) not in there]
        if new:
            file.write("\n" + "".join(new))


def variable(name):
    if name not in os.environ:
        stop(name + " is not set")
    return os.environ[name]


def fetch(url):
    """Return the workspace's archive, opened, after its headers were read once."""
    for delay in (0.5, 1, 2, 4, None):
        try:
            file = tempfile.TemporaryFile()
            with urllib.request.urlopen(url, timeout=30) as answer:
                shutil.copyfileobj(answer, file)
            file.seek(0)
            archive = tarfile.open(fileobj=file, mode="r:gz")
            archive.getmembers()
            return archive
        except BROKEN as error:
            # Never the address itself: whoever has it may read the workspace.
            reason = f"the workspace could not be fetched: {type(error).__name__}: {error}"
            if delay is None or getattr(error, "code", 0) in (400, 403, 404):
                stop(reason)
        print(f"{reason}; once more in {delay} s", flush=True)
        time.sleep(delay)


class Workspace:
    def __init__(self, archive):
        self.archive, self.members = archive, []
        self.links, self.kinds = {}, {"": "folder"}
        for member in archive.getmembers():
            name = "/".join(p for p in member.name.split("/") if p not in ("", "."))
            if member.name.startswith("/") or ".." in name.split("/"):
                stop(f"the workspace's archive has a path that leads out of it: {member.name}")
            if member.issym():
                self.links[name] = member.linkname
            self.kinds[name] = "folder" if member.isdir() else "file"
            self.members.append((name, member))
        for name, _ in self.members:
            above = name.split("/")[:-1]
            folders = ["/".join(above[: i + 1]) for i in range(len(above))]
            if any(folder in self.links for folder in folders):
                stop(f"the workspace's archive has a path behind a link: {name}")
            self.kinds.update((folder, "folder") for folder in folders)

    def resolve(self, path):
        """Follow the archive's links; what they lead to lies in the archive, or it ends here."""
        done, todo, left = [], path.split("/")[::-1], 40
        while todo:
            part = todo.pop()
            if part == "..":
                if not done:
                    stop(f"{path} is a link that leads out of the workspace")
                done.pop()
            elif part not in ("", "."):
                done.append(part)
                link = self.links.get("/".join(done))
                if link is not None:
                    left -= 1
                    if left < 0 or link.startswith("/"):
                        stop(f"{path} is a link that leads out of the workspace")
                    done.pop()
                    todo += link.split("/")[::-1]
        return "/".join(done)

    def copy_folder(self, path, target):
        source = self.resolve(path)
        kind = self.kinds.get(source)
        if kind == "file":
            stop(f"{path} is a file, and a folder was expected")
        if kind is None:
            print(f"{path} is not in the workspace: an empty folder is mounted", flush=True)
        os.makedirs(target, exist_ok=True)
        os.chmod(target, 0o777)
        inside = source + "/" if source else ""
        for name, member in self.members:
            if name.startswith(inside) and name != source:
                self.put(member, os.path.join(target, name[len(inside):]))

    def copy_file(self, path, target):
        source = self.resolve(path)
        found = [member for name, member in self.members if name == source]
        if not found or not found[-1].isreg():
            stop(f"{path} is not a file of the workspace")
        self.put(found[-1], target)

    def put(self, member, target):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if os.path.lexists(target) and not (member.isdir() and os.path.isdir(target)):
            os.remove(target)
        if member.isdir():
            os.makedirs(target, exist_ok=True)
        elif member.issym():
            os.symlink(member.linkname, target)
        elif member.isreg() or member.islnk():
            with open(target, "xb") as file:
                shutil.copyfileobj(self.archive.extractfile(member), file)
                os.fchmod(file.fileno(), member.mode & 0o777)
        else:
            print(f"{member.name} is left out: neither file, folder nor link", flush=True)
            return
        if os.geteuid() == 0:
            os.lchown(target, member.uid, member.gid)


def main(plan, hosts_file):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    os.umask(0)
    add_hosts(plan["hosts"], hosts_file)
    for folder in plan["open"]:
        os.chmod(folder, 0o1777)
    files = {target: f["path"] for target, f in plan["files"].items() if "path" in f}
    if files or plan["folders"]:
        workspace = Workspace(fetch(variable("AUDITION_WORKSPACE_URL")))
        for folder, path in plan["folders"].items():
            workspace.copy_folder(path, folder)
        for target, path in files.items():
            workspace.copy_file(path, target)
    for target, source in plan["files"].items():
        if "variable" in source:
            if os.path.lexists(target):
                os.remove(target)
            with open(target, "xb") as file:
                file.write(base64.b64decode(variable(source["variable"])))
                os.fchmod(file.fileno(), 0o444)
    paths = len(files) + len(plan["folders"])
    print(f"staged: {len(plan['hosts'])} names, {paths} paths", flush=True)


try:
    main(json.loads(sys.argv[1]), *(sys.argv[2:] or ["/etc/hosts"]))
except BROKEN as error:
    stop(f"{type(error).__name__}: {error}")
