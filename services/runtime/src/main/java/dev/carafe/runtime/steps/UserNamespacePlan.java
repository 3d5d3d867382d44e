package dev.carafe.runtime.steps;

import dev.carafe.linux.Namespaces;
import dev.carafe.linux.SyscallNumbers;
import dev.carafe.runtime.plan.LaunchPlan;
import dev.carafe.runtime.plan.Report;

/// The plan of a launcher that makes a user namespace, tells so by {@link Report#STARTED}, and
/// waits to be killed: by then its maps are written and somebody holds the namespace.
public final class UserNamespacePlan {
    private UserNamespacePlan() {}

    /// @param highestDescriptor of those passed to the launcher
    public static LaunchPlan of(int highestDescriptor) {
        LaunchPlan plan = new LaunchPlan();
        Calls calls = new Calls(plan, KernelFacts.probe(), highestDescriptor);
        MonitorSteps monitor = new MonitorSteps(calls);
        plan.phase("user namespace");
        calls.closeFrom(
                "close what is not ours", Math.max(highestDescriptor, Descriptors.START) + 1);
        calls.step("make the user namespace", SyscallNumbers.UNSHARE, Namespaces.CLONE_NEWUSER);
        monitor.report("report the user namespace", Report.STARTED, plan.room(8), 8);
        calls.step("wait for the end", SyscallNumbers.READ, Descriptors.START, plan.room(8), 8);
        calls.step("end", SyscallNumbers.EXIT_GROUP, 0);
        monitor.failure();
        return plan;
    }
}
