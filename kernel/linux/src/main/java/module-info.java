/// System calls and the kernel interfaces built on them.
module dev.carafe.linux {
    requires static transitive org.jspecify;
    requires transitive dev.carafe.base;

    exports dev.carafe.linux;
    exports dev.carafe.linux.netlink;
    exports dev.carafe.linux.seccomp;
    exports dev.carafe.linux.cgroup;
}
