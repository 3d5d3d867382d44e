package dev.carafe.network;

import dev.carafe.base.InvalidArgument;
import java.util.Optional;

/// The name of an 802.1Q device, as docker makes one where a network's parent has it: `eth0.10`.
///
/// @param base the device below
/// @param id 1 to 4094
record VlanName(String base, int id) {
    private static final int LAST = 4094;

    /// Empty for names of another form.
    ///
    /// @throws InvalidArgument a number that no VLAN can have
    static Optional<VlanName> parse(String name) {
        int dot = name.lastIndexOf('.');
        String number = name.substring(dot + 1);
        if (dot <= 0 || number.isEmpty() || number.length() > 9 || !digits(number)) {
            return Optional.empty();
        }
        int id = Integer.parseInt(number);
        if (id < 1 || id > LAST) {
            throw new InvalidArgument("vlan id must be between 1-4094, received: " + id);
        }
        return Optional.of(new VlanName(name.substring(0, dot), id));
    }

    private static boolean digits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
