"""What users of docker-py do, one function a fact. Prints `ok NAME` or the failure of each; DOCKER_HOST tells the daemon."""

import io
import re
import socket
import sys
import tarfile
import threading
import traceback

import docker
from docker.errors import APIError, BuildError, ContainerError, ImageNotFound, NotFound

client = docker.from_env(version="auto", timeout=30)
api = client.api


def tar_of(files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, text in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(text)
            tar.addfile(info, io.BytesIO(text))
    return out.getvalue()


def sleeper(**more):
    return client.containers.run("busybox", ["sleep", "1000"], detach=True, init=True, **more)


def whole(exec_output):
    """The library reads the head through a buffer, and loses what has come with it."""
    for _ in range(50):
        out = exec_output()
        if out:
            break
    return out


def gone(container):
    container.remove(force=True, v=True)


def ping_version_info():
    assert client.ping() is True
    assert client.version()["ApiVersion"] == api._version
    assert client.info()["OSType"] == "linux"
    assert client.df()["Images"]


def run_gives_output():
    assert client.containers.run("busybox", "echo hello", remove=True) == b"hello\n"
    both = client.containers.run("busybox", ["sh", "-c", "echo out; echo err >&2"], stderr=True, remove=True)
    assert sorted(both.splitlines()) == [b"err", b"out"], both


def run_that_fails_tells_status_and_stderr():
    try:
        client.containers.run("busybox", ["sh", "-c", "echo bad >&2; exit 3"], remove=True)
        assert False
    except ContainerError as e:
        assert e.exit_status == 3 and e.stderr == b"bad\n", (e.exit_status, e.stderr)


def missing_program_and_image():
    try:
        client.containers.run("busybox", "nothing-here")
        assert False
    except APIError as e:
        assert e.status_code == 400 and "executable file not found" in e.explanation, (e.status_code, e.explanation)
    client.containers.prune()
    try:
        api.create_container("no-such-image-at-all")
        assert False
    except ImageNotFound as e:
        assert e.explanation == "No such image: no-such-image-at-all:latest", e.explanation


def pull_errors():
    try:
        client.images.pull("127.0.0.1:9/nothing", tag="x")
        assert False
    except APIError as e:
        assert e.status_code == 500 and "connection refused" in str(e), e
    try:
        client.images.get("no-such-image")
        assert False
    except ImageNotFound:
        pass


def life_of_a_container():
    c = client.containers.create("busybox", ["sleep", "1000"], name="py-life", labels={"a": "b"}, hostname="hh", init=True)
    assert c.status == "created"
    c.start()
    c.reload()
    assert c.status == "running" and c.attrs["State"]["Pid"] > 0
    c.pause()
    c.reload()
    assert c.status == "paused"
    c.unpause()
    c.rename("py-life2")
    assert client.containers.get("py-life2").id == c.id
    assert [x.id for x in client.containers.list(filters={"label": ["a=b"], "status": "running"})] == [c.id]
    assert [x.id for x in client.containers.list(filters={"name": "^/py-life2$"})] == [c.id]
    c.update(mem_limit="64m", memswap_limit="128m")
    c.reload()
    assert c.attrs["HostConfig"]["Memory"] == 64 << 20
    top = c.top(ps_args="-eo pid,comm")
    assert top["Titles"] == ["PID", "COMMAND"] and any("sleep" in p[1] for p in top["Processes"]), top
    c.restart(timeout=1)
    c.stop(timeout=1)
    assert c.wait()["StatusCode"] == 143
    c.start()
    c.kill(signal="SIGKILL")
    assert c.wait()["StatusCode"] == 137
    c.remove()
    try:
        client.containers.get("py-life2")
        assert False
    except NotFound as e:
        assert e.explanation == "No such container: py-life2", e.explanation


def wait_conditions():
    c = client.containers.create("busybox", ["sh", "-c", "exit 7"])
    seen = []
    waiter = threading.Thread(target=lambda: seen.append(api.wait(c.id, condition="next-exit", timeout=30)))
    waiter.start()
    threading.Event().wait(0.3)  # nothing tells when the daemon has begun to wait
    c.start()
    waiter.join(30)
    assert seen[0]["StatusCode"] == 7, seen
    gone(c)


def wait_times_out():
    c = sleeper()
    try:
        c.wait(timeout=1)
        assert False
    except Exception as e:
        assert "timed out" in str(e).lower(), repr(e)
    gone(c)


def logs_follow_tail_since():
    c = client.containers.run("busybox", ["sh", "-c", "for i in 1 2 3; do echo line$i; sleep 0.1; done"], detach=True)
    lines = [l for l in c.logs(stream=True, follow=True)]
    assert b"".join(lines) == b"line1\nline2\nline3\n", lines
    assert c.logs(tail=1) == b"line3\n"
    assert re.match(rb"^\d{4}-\d\d-\d\dT[\d:.]+Z line1\n", c.logs(timestamps=True))
    assert c.logs(since=1) == b"line1\nline2\nline3\n"
    assert c.logs(until=1) == b""
    assert c.logs(stdout=False, stderr=True) == b""
    gone(c)


def attach_streams_output():
    c = client.containers.create("busybox", ["sh", "-c", "echo a; echo b >&2; echo c"])
    stream = c.attach(stream=True, logs=False, demux=True)
    c.start()
    out, err = b"", b""
    for o, e in stream:
        out += o or b""
        err += e or b""
    assert (out, err) == (b"a\nc\n", b"b\n"), (out, err)
    # The library reads the head through a buffer, and loses what has come with it.
    for _ in range(50):
        again = sorted(c.attach(logs=True, stream=False).split())
        if again == [b"a", b"b", b"c"]:
            break
    assert again == [b"a", b"b", b"c"], again
    gone(c)


def attach_socket_feeds_stdin():
    c = client.containers.create("busybox", ["cat"], stdin_open=True)
    api.inspect_container(c.id)
    c.start()
    s = c.attach_socket(params={"stdin": 1, "stdout": 1, "stream": 1})
    s._sock.sendall(b"hello\n")
    got = s.read(8 + 6)
    assert got == b"\x01\0\0\0\0\0\0\x06hello\n", got
    s._sock.shutdown(socket.SHUT_WR)
    s.close()
    gone(c)


def attach_socket_of_a_terminal():
    c = client.containers.create("busybox", ["sh", "-c", "read a; echo got $a"], stdin_open=True, tty=True)
    c.start()
    c.resize(40, 100)
    s = c.attach_socket(params={"stdin": 1, "stdout": 1, "stream": 1})
    s._sock.sendall(b"word\n")
    got = b""
    while b"got word" not in got:
        piece = s.read(1)
        assert piece, got
        got += piece
    s.close()
    gone(c)


def exec_output_status_and_environment():
    c = sleeper()
    code, out = c.exec_run(["sh", "-c", "echo $X; pwd; id -u; exit 4"], environment={"X": "y"}, workdir="/tmp", user="www")
    assert (code, out) == (4, b"y\n/tmp\n82\n"), (code, out)
    code, (out, err) = c.exec_run("sh -c 'echo o; echo e >&2'", demux=True)
    assert (code, out, err) == (0, b"o\n", b"e\n"), (code, out, err)
    _, stream = c.exec_run("sh -c 'echo 1; sleep 0.1; echo 2'", stream=True)
    assert b"".join(stream) == b"1\n2\n"
    try:
        e = api.exec_create(c.id, "nothing-here")
        out = api.exec_start(e["Id"])
        assert b"executable file not found" in out and api.exec_inspect(e["Id"])["ExitCode"] in (126, 127), out
    except APIError as e:
        assert "executable file not found" in e.explanation, e.explanation
    gone(c)


def exec_with_stdin():
    c = sleeper()
    e = api.exec_create(c.id, ["sh", "-c", "cat; exit 9"], stdin=True)
    s = api.exec_start(e["Id"], socket=True)
    s._sock.sendall(b"in" * 5)
    s._sock.shutdown(socket.SHUT_WR)
    got = s.read()
    assert got[8:] == b"in" * 5, got
    s.close()
    info = api.exec_inspect(e["Id"])
    assert info["Running"] is False and info["ExitCode"] == 9, info
    e = api.exec_create(c.id, ["sleep", "1000"])
    api.exec_start(e["Id"], detach=True)
    assert api.exec_inspect(e["Id"])["Running"] is True
    assert c.attrs["Id"] == c.id
    c.reload()
    gone(c)


def exec_in_a_terminal():
    c = sleeper()
    out = whole(lambda: api.exec_start(api.exec_create(c.id, ["sh", "-c", "stty size; tty"], tty=True, stdin=True)["Id"], tty=True))
    assert b"/dev/pts/" in out, out
    gone(c)


def exec_streams_have_the_form_that_its_start_asks_for():
    c = sleeper()
    both = ["sh", "-c", "echo out; echo err >&2"]
    framed = api._post_json(api._url("/exec/{0}/start", api.exec_create(c.id, both, tty=True)["Id"]), data={"Tty": False, "Detach": False}).content
    assert framed[:1] == b"\x01" and b"out\r\n" in framed and b"err\r\n" in framed, framed
    bare = whole(lambda: api.exec_start(api.exec_create(c.id, both)["Id"], tty=True))
    assert bare == b"out\n", bare
    gone(c)


def an_address_beside_the_networks_is_that_of_the_first():
    mac = "02:42:ac:11:00:aa"
    c = client.containers.create("busybox", ["sleep", "1000"], mac_address=mac, init=True)
    planned = c.attrs["NetworkSettings"]
    assert planned["Networks"]["bridge"]["MacAddress"] == mac and c.attrs["Config"]["MacAddress"] == mac, planned
    net = client.networks.create("py net: odd/name")
    net.connect(c)
    c.start()
    c.reload()
    assert c.attrs["NetworkSettings"]["MacAddress"] == mac, c.attrs["NetworkSettings"]
    assert mac.encode() in c.exec_run("cat /sys/class/net/eth0/address").output
    assert api.inspect_network("py net: odd/name")["Id"] == net.id
    gone(c)
    net.remove()
    try:
        client.containers.create("busybox", mac_address="odd")
        assert False
    except APIError as e:
        assert (e.status_code, e.explanation) == (400, "invalid config for network bridge: invalid MAC address odd"), e


def events_stream():
    events = client.events(decode=True, filters={"label": "ev"})
    seen = []

    def read():
        for e in events:
            seen.append(e["Action"] if "Action" in e else e["status"])
            if seen[-1] == "destroy":
                break

    reader = threading.Thread(target=read)
    reader.start()
    client.containers.run("busybox", "true", labels={"ev": "1"}, remove=True)
    reader.join(30)
    events.close()
    assert [s for s in seen if s in ("create", "start", "die", "destroy")] == ["create", "start", "die", "destroy"], seen
    since = list(client.events(since=1, until=2, decode=True))
    assert since == [], since


def stats_stream_and_once():
    c = sleeper()
    one = c.stats(stream=False)
    assert one["memory_stats"]["usage"] > 0 and one["name"] == "/" + c.name, one
    stream = c.stats(stream=True, decode=True)
    a, b = next(stream), next(stream)
    assert a["id"] == c.id and b["read"] > a["read"] and b["precpu_stats"]["cpu_usage"], (a, b)
    gone(c)


def archives_go_in_and_out():
    c = client.containers.create("busybox", ["cat", "/tmp/in.txt"])
    assert c.put_archive("/tmp", tar_of({"in.txt": b"content"}))
    c.start()
    assert c.wait()["StatusCode"] == 0
    assert c.logs() == b"content"
    bits, stat = c.get_archive("/tmp/in.txt")
    assert stat["name"] == "in.txt" and stat["size"] == 7, stat
    with tarfile.open(fileobj=io.BytesIO(b"".join(bits))) as tar:
        assert tar.extractfile("in.txt").read() == b"content"
    try:
        c.get_archive("/nowhere")
        assert False
    except NotFound as e:
        assert "Could not find the file /nowhere in container" in e.explanation, e.explanation
    assert {"Path": "/tmp/in.txt", "Kind": 1} in c.diff(), c.diff()
    with tarfile.open(fileobj=io.BytesIO(b"".join(c.export()))) as tar:
        assert "tmp/in.txt" in tar.getnames()
    image = c.commit(repository="py-commit", tag="t", message="m", author="a", changes=["ENV Z=1"])
    assert "Z=1" in image.attrs["Config"]["Env"] and image.attrs["Comment"] == "m" and image.attrs["Author"] == "a"
    gone(c)
    client.images.remove("py-commit:t")


def what_ends_at_this_moment_is_committed():
    for _ in range(10):
        c = client.containers.create("busybox", "true")
        c.start()
        client.images.remove(c.commit().id)
        gone(c)


def build_streams_and_fails():
    dockerfile = b"FROM busybox\nARG A\nRUN echo built $A > /x\nLABEL py=yes\nCMD cat /x\n"
    image, lines = client.images.build(
        fileobj=io.BytesIO(tar_of({"Dockerfile": dockerfile})), custom_context=True, tag="py-built", rm=True, buildargs={"A": "it"}
    )
    assert any("Successfully tagged py-built:latest" in l.get("stream", "") for l in lines)
    assert image.labels == {"py": "yes"}, image.labels
    assert client.containers.run("py-built", remove=True) == b"built it\n"
    client.images.remove("py-built")
    _, lines = client.images.build(fileobj=io.BytesIO(b"FROM busybox\nRUN echo red >&2; echo plain\n"), rm=True, nocache=True)
    said = [l.get("stream") for l in lines]
    assert "\x1b[91mred\n\x1b[0m" in said and "plain\n" in said, said
    simple, _ = client.images.build(fileobj=io.BytesIO(b"FROM busybox\nENV A=b\n"), rm=True)
    client.images.remove(simple.id)
    try:
        client.images.build(fileobj=io.BytesIO(b"FROM busybox\nRUN exit 5\n"), rm=True, forcerm=True)
        assert False
    except BuildError as e:
        assert "returned a non-zero code: 5" in e.msg, e.msg
    try:
        client.images.build(fileobj=io.BytesIO(b"FORM busybox\n"))
        assert False
    except (APIError, BuildError) as e:
        assert "unknown instruction: FORM" in str(e), e


def images_saved_loaded_tagged():
    image = client.images.get("busybox")
    assert "busybox:latest" in image.tags
    assert image.tag("py-tag", "v1")
    data = b"".join(client.images.get("py-tag:v1").save(named="py-tag:v1"))
    client.images.remove("py-tag:v1")
    loaded = client.images.load(data)
    assert loaded[0].tags and "py-tag:v1" in loaded[0].tags, loaded
    assert image.history()[0]["CreatedBy"] == "busybox-static"
    assert [i.id for i in client.images.list(name="py-tag")] == [image.id]
    client.images.remove("py-tag:v1", noprune=True)
    try:
        client.images.load(b"abc")
        assert False
    except docker.errors.ImageLoadError as e:
        assert "unexpected EOF" in str(e), e


def networks_connect_and_resolve():
    net = client.networks.create(
        "py-net",
        driver="bridge",
        labels={"n": "1"},
        ipam=docker.types.IPAMConfig(pool_configs=[docker.types.IPAMPool(subnet="10.234.7.0/24", gateway="10.234.7.1")]),
    )
    a = sleeper(name="py-a", network="py-net")
    b = sleeper(name="py-b")
    net.connect(b, aliases=["bee"], ipv4_address="10.234.7.77")
    net.reload()
    assert {c.name for c in net.containers} == {"py-a", "py-b"}
    code, out = a.exec_run("ping -c 1 -W 5 bee")
    assert code == 0 and b"10.234.7.77" in out, out
    net.disconnect(b)
    b.reload()
    assert list(b.attrs["NetworkSettings"]["Networks"]) == ["bridge"]
    try:
        net.remove()
        assert False
    except APIError as e:
        assert e.status_code == 403 and "has active endpoints" in e.explanation, (e.status_code, e.explanation)
    gone(a)
    gone(b)
    net.remove()
    assert client.networks.list(names=["py-net"]) == []


def ports_are_published():
    c = client.containers.run(
        "busybox", ["sh", "-c", "while true; do echo -e 'HTTP/1.0 200 OK\\r\\n\\r\\nhi' | nc -l -p 80; done"], detach=True, init=True, ports={"80/tcp": ("127.0.0.1", None)}
    )
    c.reload()
    binding = c.ports["80/tcp"][0]
    assert binding["HostIp"] == "127.0.0.1", c.ports
    for _ in range(200):
        try:
            with socket.create_connection(("127.0.0.1", int(binding["HostPort"])), 30) as s:
                s.sendall(b"GET / HTTP/1.0\r\n\r\n")
                answer = s.recv(4096)
            if answer:
                break
        except OSError:
            pass
        threading.Event().wait(0.05)
    assert answer.startswith(b"HTTP/1.0 200 OK"), answer
    gone(c)


def links_give_names_and_variables_until_they_are_removed():
    db = sleeper(name="py-db", environment={"FOO": "1"}, ports={"6379/tcp": None})
    web = client.containers.run("busybox", ["sh", "-c", "env; cat /etc/hosts"], name="py-web", detach=True, links={"py-db": "my-db"}, environment={"MY_DB_NAME": "own"})
    web.wait()
    said = web.logs().decode()
    address = api.inspect_container("py-db")["NetworkSettings"]["IPAddress"]
    for part in (f"MY_DB_PORT_6379_TCP_ADDR={address}\n", "MY_DB_NAME=own\n", "MY_DB_ENV_FOO=1\n", f"{address}\tmy-db "):
        assert part in said, (part, said)
    web.reload()
    assert web.attrs["HostConfig"]["Links"] == ["/py-db:/py-web/my-db"], web.attrs["HostConfig"]["Links"]
    assert ["/py-db", "/py-web/my-db"] in [c["Names"] for c in api.containers()], api.containers()
    assert api.inspect_container("py-web/my-db")["Id"] == db.id
    api.remove_container("py-web/my-db", link=True)
    web.reload()
    assert not web.attrs["HostConfig"]["Links"], web.attrs["HostConfig"]["Links"]
    try:
        api.remove_container("py-db", link=True)
        assert False
    except APIError as e:
        assert "cannot remove the default link name" in e.explanation, e
    gone(web)
    gone(db)


def volumes_and_mounts():
    v = client.volumes.create("py-vol", labels={"v": "1"})
    mount = docker.types.Mount("/data", "py-vol")
    client.containers.run("busybox", "touch /data/f", mounts=[mount], remove=True)
    assert client.containers.run("busybox", "ls /data", volumes={"py-vol": {"bind": "/data", "mode": "ro"}}, remove=True) == b"f\n"
    assert [x.name for x in client.volumes.list(filters={"label": "v=1"})] == ["py-vol"]
    c = client.containers.create("busybox", "true", volumes=["py-vol:/d"])
    try:
        v.remove()
        assert False
    except APIError as e:
        assert e.status_code == 409 and "volume is in use" in e.explanation, e.explanation
    gone(c)
    v.remove()
    try:
        client.volumes.get("py-vol")
        assert False
    except NotFound:
        pass


def health_is_told():
    c = sleeper(healthcheck={"test": ["CMD-SHELL", "test -e /ok"], "interval": 100_000_000, "retries": 3, "start_period": 60_000_000_000})
    c.reload()
    assert c.attrs["State"]["Health"]["Status"] == "starting"
    c.exec_run("touch /ok")
    for _ in range(600):
        c.reload()
        if c.attrs["State"]["Health"]["Status"] == "healthy":
            break
        threading.Event().wait(0.05)
    assert c.attrs["State"]["Health"]["Status"] == "healthy"
    gone(c)


def limits_reach_the_container():
    c = sleeper(mem_limit="64m", nano_cpus=500_000_000, pids_limit=50, ulimits=[docker.types.Ulimit(name="nofile", soft=100, hard=200)], cap_drop=["ALL"], security_opt=["no-new-privileges"], read_only=True, tmpfs={"/t": "size=1m"}, sysctls={"net.ipv4.ip_forward": "0"}, group_add=["audio"], extra_hosts={"x": "1.2.3.4"}, dns=["9.9.9.9"], shm_size="1m")
    script = "ulimit -n; grep CapEff /proc/self/status; grep NoNewPrivs /proc/self/status; touch /x 2>&1; touch /t/y && echo y; id -G; grep x$ /etc/hosts"
    _, out = c.exec_run(["sh", "-c", script])
    text = out.decode()
    for part in ("100\n", "CapEff:\t0000000000000000", "NoNewPrivs:\t1", "Read-only file system", "y\n", "0 29", "1.2.3.4\tx"):
        assert part in text, (part, text)
    gone(c)


def prunes_answer():
    c = client.containers.create("busybox", "true", labels={"prune": "me"})
    assert c.id in client.containers.prune(filters={"label": "prune=me"})["ContainersDeleted"]
    assert "SpaceReclaimed" in client.images.prune()
    assert "SpaceReclaimed" in client.volumes.prune()
    client.networks.prune()


def errors_have_messages():
    for call, status, words in (
        (lambda: api.create_container("busybox", "x", name="bad name!"), 400, "Invalid container name"),
        (lambda: api.stop("nobody"), 404, "No such container: nobody"),
        (lambda: api.inspect_network("nobody"), 404, "network nobody not found"),
        (lambda: api.inspect_volume("nobody"), 404, "no such volume"),
        (lambda: api.exec_inspect("nobody"), 404, "No such exec instance: nobody"),
    ):
        try:
            call()
            assert False
        except APIError as e:
            assert e.status_code == status and words in e.explanation, (e.status_code, e.explanation)


def swarm_is_told_to_be_absent():
    try:
        client.services.list()
        assert False
    except APIError as e:
        assert e.status_code == 503 and "This node is not a swarm manager" in e.explanation, (e.status_code, e.explanation)


def main(names):
    facts = [f for n, f in list(globals().items()) if callable(f) and getattr(f, "__module__", "") == "__main__" and n not in ("main", "tar_of", "sleeper", "whole", "gone")]
    failed = 0
    for fact in facts:
        if names and fact.__name__ not in names:
            continue
        try:
            fact()
            print("ok", fact.__name__, flush=True)
        except BaseException:
            failed = 1
            print("FAILED", fact.__name__, flush=True)
            traceback.print_exc(file=sys.stdout)
    sys.exit(failed)


main(sys.argv[1:])
