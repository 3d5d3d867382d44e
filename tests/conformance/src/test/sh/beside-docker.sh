#!/bin/sh
# Two Carafe engines and a real dockerd on one host, each with a web server on a port of the loopback. One after the
# other ends, comes back, is killed or tidies up; after each step all servers are asked. Run it in namespaces of its own:
#   unshare -n -m -p -f --kill-child --mount-proc --propagation private sh beside-docker.sh CARAFE IMAGE FOLDER
# FOLDER has docker.io, containerd and runc unpacked in docker/. Prints a line a step: what was done, then the servers
# that answer.
set -u
carafe=$1 image=$2 work=$3
cd "$work" || exit 1
mount -t tmpfs none /run
ip link set lo up
PATH=$work/docker/usr/sbin:$work/docker/usr/bin:$PATH
export PATH DOCKER_CLI_HINTS=false
client=$(command -v /usr/local/bin/docker || command -v docker)
c() { # ENGINE WORDS...
    engine=$1
    shift
    "$client" -H "unix://$work/$engine.sock" "$@"
}
awaited() { # ENGINE
    tries=0
    until curl -s --max-time 2 --unix-socket "$work/$1.sock" http://docker/_ping >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ $tries -lt 300 ] || { echo "$1 did not start" && tail -n 20 "$work/$1.log"; exit 1; }
        sleep 0.1
    done
}
start() { # one, two or docker
    rm -f "$work/$1.sock"
    case $1 in
    docker) dockerd -H "unix://$work/docker.sock" --data-root "$work/d-data" --exec-root "$work/d-exec" --pidfile "$work/d.pid" >>docker.log 2>&1 & ;;
    *) "$carafe" daemon -H "unix://$work/$1.sock" --data-root "$work/$1-data" --exec-root "$work/$1-exec" --pidfile "$work/$1.pid" --bridge "br$1" >>"$1.log" 2>&1 & ;;
    esac
    eval "pid_$1=$!"
    awaited "$1"
}
end() { # ENGINE SIGNAL
    eval "ended=\$pid_$1"
    # shellcheck disable=SC2154
    kill -"$2" "$ended"
    wait "$ended"
}
web() { # ENGINE PORT
    c "$1" run -d --name web -p "127.0.0.1:$2:80" busybox sh -c "mkdir -p /s && echo $1 >/s/index.html && exec httpd -f -p 80 -h /s" >/dev/null
    up "$2"
}
up() { # PORT: returns when its server answers
    tries=0
    until curl -s --max-time 2 "http://127.0.0.1:$1/" >/dev/null || [ $tries -ge 100 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
}
told() { # WHAT
    answers=
    for port in 7001 7002 7003; do answers="$answers $(curl -s --max-time 5 http://127.0.0.1:$port/ || echo -)"; done
    echo "$1:$answers"
}
rules() { iptables-save 2>/dev/null | grep -v '^#' | sed 's/\[.*//'; }
for engine in one two docker; do
    start $engine
    c $engine load -q -i "$image" >/dev/null
done
web one 7001
web two 7002
web docker 7003
told started
for engine in one two docker; do
    c $engine network create own >/dev/null
    c $engine run -d --name beside --network own busybox sleep 1000 >/dev/null
done
before=$(rules)
echo "subnets used twice:$(ip -o -4 addr show | awk '{print $4}' | sort | uniq -d)"
for from in one two docker; do
    for to in one two docker; do
        address=$(c $to inspect -f '{{.NetworkSettings.IPAddress}}' web)
        { c $from exec beside wget -q -T 1 -O /dev/null "http://$address/" 2>/dev/null && echo "$from reached $to"; } &
        attempts="${attempts-} $!"
    done
done
# shellcheck disable=SC2086
wait $attempts
for engine in one two docker; do c $engine system prune -f >/dev/null; done
told pruned
end one TERM
told "one ended"
start one
end two KILL
told "two killed"
start two
told "both again"
[ "$(rules)" = "$before" ] && echo "rules of docker: as before"
c one rm -f web beside >/dev/null
c one network rm own >/dev/null
end one TERM
told "one gone"
start one
web one 7001
end docker TERM
told "docker ended"
start docker
c docker start web >/dev/null
up 7003
told "docker again"
for engine in one two docker; do
    # shellcheck disable=SC2046
    c $engine rm -f $(c $engine ps -aq) >/dev/null
done
for engine in one two; do end $engine TERM; done
echo "devices left:$(ip -o link | awk -F': ' '{print $2}' | grep -E 'br(one|two)|^cv' | tr '\n' ' ')"
end docker TERM
