"""What the smoke test asks an account: one probe a question.

A probe is a task definition and a judgement of what AWS said of its task: HOLDS, DIFFERS (Audition
takes for granted what is not so), SEEN (a figure nobody takes for granted), not shown.
"""
import dataclasses
import datetime
import json
import typing

MIRROR = "public.ecr.aws/docker/library/"
PYTHON, ALPINE = MIRROR + "python:3.13-slim", MIRROR + "alpine:3"
HOLDS, DIFFERS, SEEN, NOT_SHOWN = "HOLDS", "DIFFERS", "SEEN", "not shown"


def container(name, image, *command, **more):
    """A container that is not essential; ECS's own names for everything further."""
    return {"name": name, "image": image, "essential": False, "command": list(command), **more}


def after(**conditions):
    return {"dependsOn": [{"containerName": name.replace("_", "-"), "condition": condition}
                          for name, condition in conditions.items()]}


def shell(name, script, image=ALPINE, **more):
    return container(name, image, "-c", script, entryPoint=["/bin/sh"], **more)


def python(name, program, **more):
    return container(name, PYTHON, "-c", program, entryPoint=["python3"], **more)


def by_name(task):
    return {each["name"]: each for each in task["containers"]}


def exit_of(task, name):
    found = by_name(task).get(name, {})
    return found.get("exitCode", f"none ({found.get('reason', 'no reason')})")


def seconds_between(first, last):
    """Between two of ECS's times, as text or as seconds since 1970."""
    def moment(value):
        if isinstance(value, (int, float)):
            return float(value)
        return datetime.datetime.fromisoformat(value.replace("Z", "+00:00")).timestamp()
    return moment(last) - moment(first)


@dataclasses.dataclass(frozen=True)
class Probe:
    key: str
    question: str
    containers: typing.Callable[[], list]
    judge: typing.Callable
    vcpu: float = 0.25
    gib: float = 0.5
    seconds: int = 120
    long: bool = False
    launches: bool = True
    stop_after: int = 0
    volumes: tuple = ()
    overrides: typing.Optional[typing.Callable] = None
    quota: bool = False

    def definition(self, name, out, region):
        logs = {"logDriver": "awslogs", "options": {
            "awslogs-group": out["TaskLogGroup"], "awslogs-region": region,
            "awslogs-stream-prefix": name}}
        return {
            "family": f"{name}-{self.key}", "networkMode": "awsvpc",
            "requiresCompatibilities": ["FARGATE"], "executionRoleArn": out["ExecutionRoleArn"],
            "cpu": str(int(self.vcpu * 1024)), "memory": str(int(self.gib * 1024)),
            "volumes": [{"name": volume} for volume in self.volumes],
            "containerDefinitions": [{**each, "logConfiguration": logs}
                                     for each in self.containers()]}

    def ask(self, lab):
        if not self.launches:
            return self.judge(lab, None)
        definition = lab.register(self)
        if self.quota:
            return self.judge(lab, definition)
        answer = lab.launch(definition, self)
        if not answer["tasks"]:
            return NOT_SHOWN, f"RunTask: {answer.get('error') or answer['failures']}"
        arn = answer["tasks"][0]["taskArn"]
        if self.stop_after:
            lab.running(arn, self.seconds, self.stop_after)
        return self.judge(lab, lab.ended(arn, self.seconds))


def all_zero(*names):
    """Each of these containers checks something itself and says so by its exit code."""
    def judge(lab, task):
        codes = {name: exit_of(task, name) for name in names}
        wrong = {name: code for name, code in codes.items() if code != 0}
        said = {name: lab.output(task["taskArn"], name)[-3:] for name in wrong}
        return (DIFFERS, f"{wrong} said {said}") if wrong else (HOLDS, f"{', '.join(names)} exited 0")
    return judge


# --- V1: names in the hosts file -------------------------------------------------------------------

HOSTS = "open('/etc/hosts','a').write('\\n127.0.0.1 db\\n')"
JAVA = ("class A{public static void main(String[] a)throws Exception{"
        "System.out.println(java.net.InetAddress.getByName(\"db\"));}}")
GO = 'package main\nimport "net"\nfunc main(){ if _,e:=net.LookupHost("db"); e!=nil {panic(e)} }\n'


def names():
    first = after(stage="SUCCESS")
    return [
        python("stage", HOSTS, user="0"),
        shell("keeper", "sleep 100", essential=True, **first),
        python("glibc", "import socket; assert socket.gethostbyname('db') == '127.0.0.1'",
               user="1000", **first),
        python("read-only", "import socket; assert socket.gethostbyname('db') == '127.0.0.1'",
               user="1000", readonlyRootFilesystem=True, **first),
        shell("musl", "getent hosts db", user="1000", **first),
        shell("node", "node -e \"require('dns').lookup('db',e=>process.exit(e?1:0))\"",
              image=MIRROR + "node:22-alpine", **first),
        shell("java", f"echo '{JAVA}' >/tmp/A.java && java /tmp/A.java",
              image=MIRROR + "eclipse-temurin:25-jdk-alpine", **first),
        shell("go", f"printf '%s' '{GO}' >/tmp/a.go && CGO_ENABLED=0 go run /tmp/a.go",
              image=MIRROR + "golang:1-alpine", **first)]


# --- V2 and V9: pending for long; events of a pending task -------------------------------------------

def pending():
    return [shell("keeper", "sleep 1200", essential=True), shell("slow", "sleep 960"),
            shell("late", "true", **after(slow="COMPLETE"))]


def still_pending(lab, task):
    run = by_name(task).get("late", {}).get("exitCode")
    state = HOLDS if run == 0 else DIFFERS
    return state, f"late exited {run}; stopCode {task.get('stopCode')}, {task.get('stoppedReason')}"


def early_events():
    return [shell("keeper", "sleep 70", essential=True), shell("early", "exit 5"),
            shell("slow", "sleep 40"), shell("late", "true", **after(slow="COMPLETE"))]


def seen_while_pending(lab, task):
    for event in lab.events:
        detail = event["detail"]
        if detail["taskArn"] == task["taskArn"] and detail["lastStatus"] in ("PENDING", "ACTIVATING"):
            if by_name(detail).get("early", {}).get("exitCode") == 5:
                return HOLDS, f"an event of the {detail['lastStatus']} task bears early's exit code 5"
    return DIFFERS, "no event showed early's exit code before the task was RUNNING; the sweep must"


# --- V3: a dependency that fails -------------------------------------------------------------------

def failed_dependency():
    return [shell("keeper", "sleep 60", essential=True), shell("migrate", "exit 7"),
            shell("test", "true", **after(migrate="SUCCESS"))]


def never_ran(lab, task):
    test = by_name(task).get("test", {})
    code, reason = test.get("exitCode"), test.get("reason", "")
    ran = seconds_between(task["createdAt"], task["stoppedAt"])
    seen = f"test: exitCode {code}, reason '{reason}'; migrate {exit_of(task, 'migrate')}; " \
           f"task ended {ran:.0f} s after its creation"
    known = code is None or (code == 143 and reason.startswith("CannotStartContainerError"))
    return (HOLDS if known else DIFFERS), seen


# --- V4 and V5: how long things take -----------------------------------------------------------------

def latency(lab, task):
    events = sorted((e for e in lab.events if e["detail"]["taskArn"] == task["taskArn"]),
                    key=lambda e: e["detail"]["version"])
    exited = next((e for e in events if by_name(e["detail"]).get("test", {}).get("exitCode") == 0), None)
    stopped = next((e for e in events if e["detail"]["lastStatus"] == "STOPPED"), None)
    if not exited or not stopped:
        return DIFFERS, f"{len(events)} events, but none with test's exit and none STOPPED"
    words = lab.output(task["taskArn"], "test")
    ended = float(words[-1]) if words else exited["heardAt"]
    return SEEN, (f"container's end to the event with its exit {exited['heardAt'] - ended:.1f} s, to the "
                  f"task's STOPPED {stopped['heardAt'] - ended:.1f} s; {len(events)} events")


def pulls(lab, task):
    created, begun, done = (task.get(key) for key in ("createdAt", "pullStartedAt", "pullStoppedAt"))
    if not (begun and done and task.get("startedAt")):
        return NOT_SHOWN, "the task has no times of its pulls"
    return SEEN, (f"creation to pull {seconds_between(created, begun):.0f} s, pulls "
                  f"{seconds_between(begun, done):.0f} s, pulls' end to RUNNING "
                  f"{seconds_between(done, task['startedAt']):.0f} s (negative: pulled beside running ones)")


# --- V6 and V7: a refusal for want of vCPUs ------------------------------------------------------------

def refused(lab, definition):
    quota = lab.aws("service-quotas", "get-service-quota", service_code="fargate",
                    quota_code="L-3032A538")["Quota"]["Value"]
    if quota >= 16:
        return NOT_SHOWN, f"the quota is {quota:g} vCPU, more than the largest task asked for here"
    probe, token = BY_KEY["V7"], lab.name
    first = lab.launch(definition, probe, token)
    if first["tasks"]:
        lab.stop(first["tasks"][0]["taskArn"])
        return DIFFERS, f"a task of 16 vCPU was started although the quota is {quota:g}"
    again = lab.launch(definition, probe, token)
    channel = "as an error" if first.get("error") else "among failures"
    burnt = "is refused the same way" if again == first else f"answers {again}"
    said = first.get("error") or json.dumps(first["failures"])
    return (HOLDS if "vCPU" in said else DIFFERS), f"{channel}: {said}; the same token {burnt}"


# --- V8: memory --------------------------------------------------------------------------------------

EAT = "x = bytearray(600 << 20); x[::4096] = b'1' * len(x[::4096])"
SHM = ("import os; s = os.statvfs('/dev/shm'); size = s.f_frsize * s.f_blocks; print(size); "
       "assert size == {} << 20")


def memory():
    return [shell("keeper", "sleep 60", essential=True),
            python("eats", EAT, memory=256),
            shell("child", f"python3 -c \"{EAT}\"; echo child $?; exit 9", image=PYTHON, memory=256),
            python("shm", SHM.format(64)),
            python("tmpfs", SHM.format(128), linuxParameters={"tmpfs": [
                {"containerPath": "/dev/shm", "size": 128}]})]


def out_of_memory(lab, task):
    eats, child = by_name(task)["eats"], by_name(task)["child"]
    seen = (f"eats {eats.get('exitCode')} '{eats.get('reason', '')}'; child's parent "
            f"{child.get('exitCode')} '{child.get('reason', '')}'; /dev/shm "
            f"{lab.output(task['taskArn'], 'shm')}, as tmpfs of 128 MiB exit {exit_of(task, 'tmpfs')}")
    killed = eats.get("exitCode") == 137 and "OutOfMemory" in eats.get("reason", "")
    return (HOLDS if killed else DIFFERS), seen


# --- K1 to K4: what keeper and stage take for granted ---------------------------------------------------

METADATA = """
import json, os, time, urllib.request
def look():
    url = os.environ['ECS_CONTAINER_METADATA_URI_V4'] + '/task'
    return {c['Name']: c for c in json.load(urllib.request.urlopen(url, timeout=5))['Containers']}
for _ in range(60):
    seen = look()
    if seen.get('test', {}).get('KnownStatus') == 'STOPPED':
        break
    time.sleep(1)
print(json.dumps({n: {k: c.get(k) for k in ('KnownStatus', 'ExitCode', 'StartedAt', 'Health')}
                  for n, c in seen.items()}))
assert seen['test']['ExitCode'] == 3 and 'StartedAt' in seen['test']
assert 'StartedAt' not in seen.get('never', {}), 'a container that never started has StartedAt'
assert seen['checked'].get('Health', {}).get('status') == 'HEALTHY', 'no health status'
assert 'Health' not in seen['test'], 'Health without a check'
"""


def metadata():
    check = {"command": ["CMD-SHELL", "true"], "interval": 5, "timeout": 2, "retries": 3}
    return [python("keeper", METADATA, essential=True),
            shell("checked", "sleep 90", healthCheck=check),
            shell("test", "sleep 20; exit 3", **after(checked="HEALTHY")),
            shell("never", "true", **after(test="SUCCESS"))]


ENVIRONMENT = """
import os
assert os.environ['FROM_FILE'] == "a=b 'c' # d", os.environ.get('FROM_FILE')
assert os.environ['BOTH'] == 'definition', os.environ['BOTH']
assert 'EMPTY' not in os.environ, 'an empty value was kept'
assert os.environ['FROM_OVERRIDE'] == 'two\\nlines'
"""


def environment():
    return [shell("keeper", "sleep 30", essential=True),
            python("test", ENVIRONMENT, environment=[{"name": "BOTH", "value": "definition"}])]


def environment_file(lab):
    arn = lab.put(f"env/{lab.name}/1/1/1/test.env",
                  "FROM_FILE=a=b 'c' # d\nBOTH=file\nEMPTY=\n")
    return {"containerOverrides": [{
        "name": "test", "environmentFiles": [{"type": "s3", "value": arn}],
        "environment": [{"name": "FROM_OVERRIDE", "value": "two\nlines"}]}]}


TERM = "trap 'sleep {}; date +%s; exit 0' TERM; while :; do sleep 1; done"


def stop_order():
    return [shell("keeper", TERM.format(0), essential=True, stopTimeout=60),
            shell("service", TERM.format(2), stopTimeout=30, **after(keeper="START")),
            shell("candidate", TERM.format(2), stopTimeout=30, **after(keeper="START", service="START"))]


def in_order(lab, task):
    ends = {name: [float(line) for line in lab.output(task["taskArn"], name)[-1:]]
            for name in ("candidate", "service", "keeper")}
    if not all(ends.values()):
        return DIFFERS, f"not every container heard SIGTERM: {ends}"
    order = sorted(ends, key=lambda name: ends[name])
    wanted = ["candidate", "service", "keeper"]
    return (HOLDS if order == wanted else DIFFERS), f"ended in the order {', '.join(order)}"


def volume():
    mount = {"mountPoints": [{"sourceVolume": "data", "containerPath": "/data"}]}
    return [python("stage", "import os; print(oct(os.stat('/data').st_mode)); os.chmod('/data', 0o1777)",
                   user="0", **mount),
            shell("keeper", "sleep 30", essential=True, **after(stage="SUCCESS")),
            shell("test", "echo x >/data/x && cat /data/x", user="1000", **mount,
                  **after(stage="SUCCESS"))]


PROBES = [
    Probe("V1", "names appended to /etc/hosts by root are seen by all others", names,
          all_zero("glibc", "read-only", "musl", "node", "java", "go"), 1, 2, 300),
    Probe("V2", "a task may be PENDING for more than 15 minutes", pending, still_pending,
          seconds=1500, long=True),
    Probe("V3", "what waits for a container that fails never runs, and says so", failed_dependency,
          never_ran, seconds=240),
    Probe("V4", "how long from a container's end to its events",
          lambda: [shell("keeper", "sleep 45", essential=True), shell("test", "sleep 20; date +%s.%N")],
          latency, seconds=240),
    Probe("V5", "when images are pulled",
          lambda: [shell("keeper", "sleep 40", essential=True),
                   python("late", "pass", **after(early="SUCCESS")), shell("early", "sleep 15")],
          pulls, seconds=240),
    Probe("V7", "how a want of vCPUs is told, and whether it uses up the token (V6)",
          lambda: [shell("keeper", "true", essential=True)], refused, 16, 32, 60, quota=True),
    Probe("V8", "what the end for want of memory looks like; the size of /dev/shm", memory,
          out_of_memory, 1, 2, 240),
    Probe("V9", "a container's end is told while the task is PENDING", early_events,
          seen_while_pending, seconds=240),
    Probe("K1", "the task metadata shows ends, starts and health as the keeper reads them", metadata,
          all_zero("keeper"), seconds=240),
    Probe("K2", "environment files: values as written, the definition wins, empty ones are dropped",
          environment, all_zero("test"), seconds=240, overrides=environment_file),
    Probe("K3", "a stop goes through candidates, services, keeper, each with its SIGTERM", stop_order,
          in_order, seconds=300, stop_after=20),
    Probe("K4", "a fresh volume that root opens takes files from others", volume, all_zero("test"),
          seconds=240, volumes=("data",)),
]
BY_KEY = {probe.key: probe for probe in PROBES}
