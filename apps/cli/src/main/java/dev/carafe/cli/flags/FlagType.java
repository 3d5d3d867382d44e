package dev.carafe.cli.flags;

/// What a flag takes. Types named `list` can be given many times and keep all their values.
public enum FlagType {
    BOOL("", false),
    STRING("string", false),
    INT("int", false),
    INT64("int64", false),
    UINT16("uint16", false),
    UINT64("uint64", false),
    BYTES("bytes", false),
    /// bytes, or -1
    SWAP_BYTES("bytes", false),
    DURATION("duration", false),
    DECIMAL("decimal", false),
    IP("ip", false),
    FILTER("filter", true),
    MOUNT("mount", true),
    NETWORK("network", true),
    ULIMIT("ulimit", true),
    GPUS("gpu-request", true),
    MAP("map", true),
    SYSCTL("map", true),
    STRINGS("stringSlice", true),
    IPS("ipSlice", true),
    IP_NETS("ipNetSlice", true),
    PAIRS("stringToString", true),
    LIST("list", true),
    ENV("list", true),
    LABEL("list", true),
    ATTACH("list", true),
    EXTRA_HOST("list", true),
    IP_LIST("list", true),
    DNS_SEARCH("list", true),
    DEVICE_RULE("list", true),
    BPS("list", true),
    IOPS("list", true),
    WEIGHT_DEVICE("list", true),
    LINK("list", true);

    private final String shown;
    private final boolean many;

    FlagType(String shown, boolean many) {
        this.shown = shown;
        this.many = many;
    }

    /// The type's name in help and in completion; empty for a boolean.
    public String shown() {
        return shown;
    }

    /// Whether values add up; otherwise the last one wins.
    public boolean many() {
        return many;
    }

    /// @throws BadValue when the text is no such value
    void check(String text) {
        switch (this) {
            case BOOL -> Values.bool(text);
            case INT, INT64 -> Values.int64(text);
            case UINT16 -> Values.unsigned(text, 0xffff);
            case UINT64 -> Values.unsigned(text, Long.MAX_VALUE);
            case BYTES -> Values.bytes(text);
            case SWAP_BYTES -> Values.swapBytes(text);
            case DURATION -> Values.duration(text);
            case DECIMAL -> Values.nanoCpus(text);
            case FILTER -> Checks.filter(text);
            case MOUNT -> MountValue.parse(text);
            case NETWORK -> NetworkValue.parse(text);
            case ULIMIT -> UlimitValue.parse(text);
            case GPUS -> GpuValue.parse(text);
            case SYSCTL -> Checks.sysctl(text);
            case ENV -> Checks.env(text);
            case LABEL -> Checks.label(text);
            case ATTACH -> Checks.attach(text);
            case EXTRA_HOST -> Checks.extraHost(text);
            case IP_LIST -> Checks.ip(text);
            case DNS_SEARCH -> Checks.dnsSearch(text);
            case DEVICE_RULE -> Checks.deviceRule(text);
            case BPS -> DeviceRate.bytes(text);
            case IOPS -> DeviceRate.operations(text);
            case WEIGHT_DEVICE -> DeviceRate.weight(text);
            case LINK -> Checks.link(text);
            case STRING, IP, PAIRS, MAP, STRINGS, IPS, IP_NETS, LIST -> {}
        }
    }
}
