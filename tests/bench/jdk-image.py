"""Makes a docker-archive of an image like those of JDKs: about 700 MB in six layers, from folders of this machine.

Usage: jdk-image.py JAVA_HOME FILE
"""
import hashlib
import io
import json
import os
import sys
import tarfile

JDK, FILE = sys.argv[1:3]
LIMIT = 110 << 20


def layer(folders, limit, skip=0):
    """A tar of the folders' files, of so many bytes, after leaving out so many."""
    buffer = io.BytesIO()
    total = 0
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for folder in folders:
            for top, names, files in os.walk(folder):
                names.sort()
                for name in sorted(files):
                    path = os.path.join(top, name)
                    size = 0 if os.path.islink(path) else os.path.getsize(path)
                    total += size
                    if total < skip or size > limit:
                        continue
                    if total > skip + limit:
                        return buffer.getvalue()
                    tar.add(path, recursive=False)
    return buffer.getvalue()


layers = [layer([JDK], 400 << 20)]
layers += [layer(["/usr/lib"], LIMIT, skip) for skip in range(0, 3 * LIMIT, LIMIT)]
layers += [layer(["/usr/bin"], LIMIT), layer(["/usr/share"], LIMIT)]
config = json.dumps(
    {
        "architecture": "amd64",
        "os": "linux",
        "created": "2024-01-01T00:00:00Z",
        "config": {"Cmd": ["java"]},
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(x).hexdigest() for x in layers]},
        "history": [{"created": "2024-01-01T00:00:00Z", "created_by": "bench"} for _ in layers],
    }
).encode()
name = hashlib.sha256(config).hexdigest() + ".json"
paths = ["%d/layer.tar" % i for i in range(len(layers))]
manifest = json.dumps([{"Config": name, "RepoTags": ["bench/jdk:1"], "Layers": paths}]).encode()
with tarfile.open(FILE, "w") as out:
    for path, data in [(name, config), *zip(paths, layers), ("manifest.json", manifest)]:
        info = tarfile.TarInfo(path)
        info.size = len(data)
        out.addfile(info, io.BytesIO(data))
print("%d layers, %d MB" % (len(layers), sum(map(len, layers)) >> 20))
