#!/bin/sh
# Makes a docker-archive of a busybox image from Debian's busybox-static. Usage: busybox-image.sh OUTPUT.tar
set -eu
out=$1
work=$(mktemp -d /tmp/carafe-busybox.XXXXXX)
trap 'rm -rf "$work"' EXIT
root=$work/root
mkdir -p "$root/bin" "$root/etc" "$root/tmp" "$root/root" "$root/home" "$root/usr" "$root/var" "$root/dev" "$root/proc" "$root/sys"
chmod 1777 "$root/tmp"
cp "$(dpkg -L busybox-static | grep -E '/bin/busybox$')" "$root/bin/busybox"
for applet in $("$root/bin/busybox" --list); do [ "$applet" = busybox ] || ln -s busybox "$root/bin/$applet"; done
printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/home:/bin/false\nwww:x:82:82:www:/home:/bin/sh\n' >"$root/etc/passwd"
printf 'root:x:0:\nwww:x:82:\nnogroup:x:65534:\naudio:x:29:www\n' >"$root/etc/group"
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@1700000000 -C "$root" -cf "$work/layer.tar" .
diff_id=$(sha256sum "$work/layer.tar" | cut -d' ' -f1)
cat >"$work/config.json" <<JSON
{"architecture":"amd64","os":"linux","created":"2023-11-14T22:13:20Z","config":{"Cmd":["sh"],"Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]},"rootfs":{"type":"layers","diff_ids":["sha256:$diff_id"]},"history":[{"created":"2023-11-14T22:13:20Z","created_by":"busybox-static"}]}
JSON
id=$(sha256sum "$work/config.json" | cut -d' ' -f1)
mv "$work/config.json" "$work/$id.json"
mkdir "$work/$diff_id" && mv "$work/layer.tar" "$work/$diff_id/layer.tar"
printf '[{"Config":"%s.json","RepoTags":["busybox:latest"],"Layers":["%s/layer.tar"]}]' "$id" "$diff_id" >"$work/manifest.json"
tar -C "$work" -cf "$out.part" manifest.json "$id.json" "$diff_id"
mv "$out.part" "$out"
