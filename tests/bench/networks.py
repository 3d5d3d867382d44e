"""Milliseconds that networks take: networks.py NETWORKS ROUNDS NAME=SOCKET... (see networks.sh)"""
import http.client
import json
import socket
import statistics
import sys
import time

# of the oldest dockerd that Debian has
VERSION = "/v1.41"


class Api(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=300)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)

    def ask(self, method, path, body=None):
        text = None if body is None else json.dumps(body)
        self.request(method, VERSION + path, text, {"Content-Type": "application/json"})
        answer = self.getresponse()
        read = answer.read()
        if answer.status >= 300:
            sys.exit("%s %s: %d %s" % (method, path, answer.status, read))
        return read


def name(i):
    return "bench-%03d" % i


def network(i):
    subnet = "10.%d.%d.0/24" % (200 + i // 250, i % 250)
    return {"Name": name(i), "IPAM": {"Config": [{"Subnet": subnet}]}}


def timed(work):
    start = time.monotonic()
    work()
    return (time.monotonic() - start) * 1000


def start_on_all(api, count):
    one = {"Image": "busybox", "Cmd": ["sleep", "1000"], "HostConfig": {"NetworkMode": name(0)}}
    api.ask("POST", "/containers/create?name=all", one)
    for i in range(1, count):
        api.ask("POST", "/networks/" + name(i) + "/connect", {"Container": "all"})
    api.ask("POST", "/containers/all/start")


def one_round(api, count):
    return {
        "make": timed(lambda: [api.ask("POST", "/networks/create", network(i)) for i in range(count)]),
        "list": timed(lambda: api.ask("GET", "/networks")),
        "start on all": timed(lambda: start_on_all(api, count)),
        "rm -f on all": timed(lambda: api.ask("DELETE", "/containers/all?force=1")),
        "remove": timed(lambda: [api.ask("DELETE", "/networks/" + name(i)) for i in range(count)]),
    }


def main():
    count, rounds = int(sys.argv[1]), int(sys.argv[2])
    engines = [word.split("=", 1) for word in sys.argv[3:]]
    apis = {engine: Api(path) for engine, path in engines}
    seen = {engine: [] for engine in apis}
    for _ in range(rounds):
        for engine, api in apis.items():
            seen[engine].append(one_round(api, count))
    print("%d networks, median ms of %d rounds" % (count, rounds))
    steps = list(seen[engines[0][0]][0])
    rows = {e: {s: statistics.median(r[s] for r in seen[e]) for s in steps} for e in seen}
    for step in steps + ["all"]:
        values = [sum(rows[e].values()) if step == "all" else rows[e][step] for e in rows]
        ratio = "%8.2f" % (values[0] / values[1]) if len(values) > 1 else ""
        print("%-14s" % step + "".join("%10.1f %s" % (v, e) for v, e in zip(values, rows)) + ratio)


main()
