package dev.carafe.network;

import dev.carafe.base.Internal;
import dev.carafe.base.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What a container's devices are called inside: as asked (`com.docker.network.endpoint.ifname`),
/// else the first free one of eth0, eth1, ...
final class InterfaceNames {
    private InterfaceNames() {}

    /// Of a container that starts: what one network asks for is not given to another.
    ///
    /// @throws Internal two ask for the same
    static List<String> of(List<JoinRequest> joins) {
        Set<String> taken = new HashSet<>();
        for (JoinRequest join : joins) {
            String wanted = wanted(join);
            if (!wanted.isEmpty() && !taken.add(wanted)) {
                throw collision(join, wanted);
            }
        }
        List<String> names = new ArrayList<>();
        for (JoinRequest join : joins) {
            String wanted = wanted(join);
            String name = wanted.isEmpty() ? free(taken) : wanted;
            taken.add(name);
            names.add(name);
        }
        return names;
    }

    /// Of a further network.
    ///
    /// @throws Internal the wanted one is there already
    static String of(JoinRequest join, List<Endpoint> others) {
        Set<String> taken =
                others.stream().map(Endpoint::interfaceName).collect(Collectors.toSet());
        String wanted = wanted(join);
        if (!wanted.isEmpty() && taken.contains(wanted)) {
            throw collision(join, wanted);
        }
        return wanted.isEmpty() ? free(taken) : wanted;
    }

    private static String wanted(JoinRequest join) {
        String wanted = join.interfaceName();
        return wanted == null ? "" : wanted;
    }

    private static String free(Set<String> taken) {
        int number = 0;
        while (taken.contains("eth" + number)) {
            number++;
        }
        return "eth" + number;
    }

    private static Internal collision(JoinRequest join, String name) {
        return new Internal(
                new Subject("network", join.network()),
                "failed to add interface to sandbox: error renaming interface to \"%s\" for network %s: file exists"
                        .formatted(name, join.network()));
    }
}
