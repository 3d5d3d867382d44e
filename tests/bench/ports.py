"""Both ends of the measurement of published ports.

ports.py serve PORT             answers each connection by its first byte: c closes, p echoes, s sends until it is left
ports.py ask HOST PORT SECONDS  prints new connections a second, round trips a second, and MB/s read
"""

import socket
import sys
import threading
import time


def serve(connection):
    with connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            kind = connection.recv(1)
            if kind == b"c":
                connection.sendall(b"c")
            while kind == b"p":
                ping = connection.recv(64)
                if not ping:
                    return
                connection.sendall(ping)
            block = bytes(1 << 20)
            while kind == b"s":
                connection.sendall(block)
        except OSError:
            pass


def server(port):
    listening = socket.create_server(("0.0.0.0", port), backlog=1024)
    while True:
        connection, _ = listening.accept()
        threading.Thread(target=serve, args=(connection,), daemon=True).start()


def connected(address, kind):
    connection = socket.create_connection(address, timeout=20)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.sendall(kind)
    return connection


def rate(seconds, once):
    start = time.perf_counter()
    total = 0
    while time.perf_counter() - start < seconds:
        total += once()
    return total / (time.perf_counter() - start)


def ask(address, seconds):
    def connect():
        with connected(address, b"c") as connection:
            connection.recv(1)
        return 1

    connects = rate(seconds, connect)
    with connected(address, b"p") as connection:

        def ping():
            connection.sendall(b"x")
            connection.recv(64)
            return 1

        pings = rate(seconds, ping)
    with connected(address, b"s") as connection:
        buffer = bytearray(1 << 20)
        megabytes = rate(seconds, lambda: connection.recv_into(buffer)) / 1e6
    print(f"{connects:.0f} {pings:.0f} {megabytes:.0f}")


if sys.argv[1] == "serve":
    server(int(sys.argv[2]))
else:
    ask((sys.argv[2], int(sys.argv[3])), float(sys.argv[4]))
