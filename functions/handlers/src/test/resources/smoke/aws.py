"""Stands in for the AWS command line: keeps a small account in a file, fails where it is told to.

STAND_IN_STATE is the file; STAND_IN_FAIL names commands that fail, such as "events put-targets",
separated by commas; STAND_IN_HANG one that never answers.
"""
import json
import os
import sys
import time

STATE = os.environ["STAND_IN_STATE"]
words = [word for word in sys.argv[1:3] if not word.startswith("-")]
command = " ".join(words)
options = {}
rest = sys.argv[1 + len(words):]
for at, word in enumerate(rest):
    if word.startswith("--"):
        value = rest[at + 1] if at + 1 < len(rest) and not rest[at + 1].startswith("--") else ""
        options[word[2:]] = value
positional = rest[: next((i for i, w in enumerate(rest) if w.startswith("--")), len(rest))]

with open(STATE, encoding="utf-8") as file:
    account = json.load(file)
account["calls"].append(command)


def save():
    # Replaced at once: the test reads it at any time.
    with open(STATE + ".new", "w", encoding="utf-8") as target:
        json.dump(account, target)
    os.replace(STATE + ".new", STATE)


save()
if command in os.environ.get("STAND_IN_FAIL", "").split(","):
    sys.exit(f"An error occurred (AccessDenied) when calling {command}")
if command == os.environ.get("STAND_IN_HANG"):
    time.sleep(600)


def add(kind, name):
    account[kind].append(name)


def remove(kind, name):
    if name not in account[kind]:
        sys.exit(f"An error occurred (NotFound) when calling {command}: {name}")
    account[kind].remove(name)


def task(arn):
    made = [{"name": name, "lastStatus": "STOPPED", "exitCode": 0} for name in account["containers"]]
    return {"taskArn": arn, "lastStatus": "STOPPED", "stopCode": "EssentialContainerExited",
            "createdAt": 1.0, "pullStartedAt": 11.0, "pullStoppedAt": 14.0, "startedAt": 15.0,
            "stoppedAt": 60.0, "containers": made}


def answer():
    match command:
        case "cloudformation describe-stacks":
            values = {"Subnets": "subnet-1,subnet-2", "SecurityGroups": "sg-1",
                      "AssignPublicIp": "ENABLED", "ClusterArn": "arn:cluster/c",
                      "ExecutionRoleArn": "arn:role", "TaskLogGroup": "/audition/x/tasks",
                      "BucketName": "bucket"}
            return {"Stacks": [{"Outputs": [{"OutputKey": k, "OutputValue": v}
                                            for k, v in values.items()]}]}
        case "sqs create-queue":
            add("queues", options["queue-name"])
            return {"QueueUrl": options["queue-name"]}
        case "sqs get-queue-attributes":
            return {"Attributes": {"QueueArn": "arn:queue"}}
        case "sqs list-queues":
            return {"QueueUrls": account["queues"]}
        case "sqs delete-queue":
            return remove("queues", options["queue-url"])
        case "events put-rule":
            add("rules", options["name"])
            return {"RuleArn": "arn:rule"}
        case "events list-rules":
            return {"Rules": account["rules"]}
        case "events delete-rule":
            if account["targets"]:
                sys.exit("An error occurred: the rule has targets")
            return remove("rules", options["name"])
        case "events put-targets":
            return add("targets", options["rule"])
        case "events remove-targets":
            return remove("targets", options["rule"])
        case "ecs register-task-definition":
            definition = json.loads(options["cli-input-json"])
            account["containers"] = [c["name"] for c in definition["containerDefinitions"]]
            arn = f"arn:task-definition/{definition['family']}:1"
            add("definitions", arn)
            return {"taskDefinition": {"taskDefinitionArn": arn}}
        case "ecs list-task-definitions":
            kind = "definitions" if options["status"] == "ACTIVE" else "inactive"
            return {"taskDefinitionArns": account[kind]}
        case "ecs deregister-task-definition":
            remove("definitions", options["task-definition"])
            return add("inactive", options["task-definition"])
        case "ecs delete-task-definitions":
            for arn in json.loads(options["task-definitions"]):
                remove("inactive", arn)
        case "ecs run-task":
            add("tasks", f"arn:task/c/{len(account['calls'])}")
            return {"tasks": [{"taskArn": account["tasks"][-1]}], "failures": []}
        case "ecs describe-tasks":
            return {"tasks": [task(json.loads(options["tasks"])[0])]}
        case "ecs list-tasks":
            return {"taskArns": account["tasks"]}
        case "ecs stop-task":
            return remove("tasks", options["task"])
        case "s3 cp":
            sys.stdin.read()
            return add("files", positional[1])
        case "s3 rm":
            print("delete:", positional[0])
            return remove("files", positional[0])
        case "service-quotas get-service-quota":
            return {"Quota": {"Value": 6.0}}
        case "logs get-log-events":
            return {"events": [{"message": "1.0"}]}
    return {}


given = answer()
save()
if given is not None and command != "s3 rm":
    print(json.dumps(given))
