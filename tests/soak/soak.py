"""Random verbs of four clients, kills of the daemon, and a look at what is left. See run.sh."""

import collections
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import threading
import time

WORK = pathlib.Path(sys.argv[1])
SECONDS = float(sys.argv[2])
SEED = int(sys.argv[3])
DOCKER = "/usr/local/bin/docker" if pathlib.Path("/usr/local/bin/docker").exists() else "docker"
SOCKET = WORK / "carafe.sock"
CLIENTS = 4

# What a client may be told about a container that another verb, an end or a kill came before.
EXPECTED = (
    "no such", "not running", "not found", "not paused", "already", "cannot connect", "error during connect",
    "eof", "connection re", "broken pipe", "removal", "in progress", "is paused", "is restarting", "is stopped",
    "has been removed", "is dead", "not connected", "private (none) mode", "cannot exec", "cannot be done",
)
KINDS = (
    [], ["--network", "soak"], ["--network", "none"], ["-p", "0:80"], ["-v", "/data"], ["--restart", "always"],
    ["--init"], ["--health-cmd", "true", "--health-interval", "1s"], ["--rm"], ["--tmpfs", "/t"], ["-m", "64m"],
)
PROGRAMS = (
    "while true; do echo hello; sleep 0.1; done", "sleep 100", "exit 3", "yes | head -c 1000000; sleep 1",
)

faults = collections.Counter()


def docker(*words, text=None):
    try:
        done = subprocess.run(
            [DOCKER, "-H", f"unix://{SOCKET}", *words], input=text, capture_output=True, timeout=90, text=True,
            errors="replace")
    except subprocess.TimeoutExpired:
        faults["no end within 90 s: " + words[0]] += 1
        return ""
    said = done.stderr.strip().lower()
    if done.returncode and said and not any(e in said for e in EXPECTED):
        faults[f"{words[0]}: {said[:200]}"] += 1
    return done.stdout


def start():
    SOCKET.unlink(missing_ok=True)
    words = ["dist/carafe/bin/carafe", "daemon", "-H", f"unix://{SOCKET}", "--data-root", WORK / "data",
             "--exec-root", WORK / "run", "--pidfile", WORK / "pid", "--bridge", "csoak0"]
    with open(WORK / "log", "ab") as log:
        daemon = subprocess.Popen(words, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while not docker("version", "-f", "{{.Server.Version}}"):
        if time.monotonic() > deadline:
            sys.exit("the daemon does not come up:\n" + (WORK / "log").read_text()[-3000:])
        time.sleep(0.1)
    return daemon


def verbs(name, client, chance):
    """One of the things that are done to a container, as a list of command lines."""
    return chance.choice((
        [("rm", "-f", "-v", name),
         ("run", "-d", "--name", name, *chance.choice(KINDS), "busybox", "sh", "-c", chance.choice(PROGRAMS))],
        [("rm", "-f", "-v", name),
         ("run", "-d", "--name", name, *chance.choice(KINDS), "busybox", "sleep", "100")],
        [("stop", "-t", "0", name)],
        [("restart", "-t", "0", name)],
        [("start", name)],
        [("kill", name)],
        [("exec", name, "echo", "hi")],
        [("exec", "-i", name, "cat")],
        [("logs", name)],
        [("pause", name), ("unpause", name)],
        [("cp", name + ":/etc", "-")],
        [("commit", name, f"soak:{client}")],
        [("network", "connect", "soak2", name), ("network", "disconnect", "-f", "soak2", name)],
        [("stats", "--no-stream", name)],
        [("update", "-m", "128m", "--memory-swap", "256m", name)],
        [("run", "--rm", "busybox", "echo", "hi")],
        [("top", name), ("diff", name), ("inspect", name), ("ps", "-a")],
    ))


def client(number, end):
    chance = random.Random(SEED * 100 + number)
    names = [f"c{number}-{i}" for i in range(4)]
    while time.monotonic() < end:
        for words in verbs(chance.choice(names), number, chance):
            docker(*words, text="x" * 100_000 if words[0] == "exec" else None)


def clear():
    ids = docker("ps", "-aq").split()
    if ids:
        docker("rm", "-f", "-v", *ids)
    docker("network", "rm", "soak", "soak2")
    docker("image", "rm", "-f", *[f"soak:{i}" for i in range(CLIENTS)])
    docker("volume", "prune", "-af")
    time.sleep(8)


def left(daemon):
    """What is there and should not be."""
    found = []
    for what, folder in (("container", "data/containers"), ("root", "data/snapshots/roots"),
                         ("unfinished removal", "data/snapshots/tmp"), ("run folder", "run/containers"),
                         ("attachment", "run/network/attachments")):
        found += [f"{what} {entry.name}" for entry in (WORK / folder).iterdir()]
    found += ["volume " + v for v in docker("volume", "ls", "-q").split()]
    found += ["process " + p for p in subprocess.run(
        ["pgrep", "-a", "carafe-mon"], capture_output=True, text=True).stdout.splitlines()]
    mounts = pathlib.Path("/proc/self/mounts").read_text().splitlines()
    found += ["mount " + m for m in mounts if str(WORK) in m]
    descriptors = len(os.listdir(f"/proc/{daemon.pid}/fd"))
    if descriptors > 250:
        found.append(f"{descriptors} open descriptors")
    return found


def main():
    daemon = start()
    docker("load", "-q", "-i", str(WORK / "busybox.tar"))
    docker("network", "create", "soak")
    docker("network", "create", "soak2")
    end = time.monotonic() + SECONDS
    threads = [threading.Thread(target=client, args=(i, end)) for i in range(CLIENTS)]
    for thread in threads:
        thread.start()
    chance = random.Random(SEED)
    kills = 0
    while time.monotonic() < end - 10:
        time.sleep(chance.uniform(5, 15))
        daemon.send_signal(signal.SIGKILL)
        daemon.wait()
        daemon = start()
        kills += 1
    for thread in threads:
        thread.join()
    clear()
    print(f"{SECONDS:.0f} s, {kills} kills, seed {SEED}")
    for fault, count in faults.most_common():
        print(f"said {count} times: {fault}")
    remains = left(daemon)
    print("\n".join("left: " + r for r in remains) or "nothing is left")
    daemon.terminate()
    daemon.wait(30)
    if faults or remains:
        shutil.copy(WORK / "log", "target/soak.log")
    sys.exit(1 if faults or remains else 0)


main()
