package dev.carafe.buildkit.control;

import dev.carafe.buildkit.wire.control.BuildHistoryEvent;
import dev.carafe.buildkit.wire.control.BuildHistoryEventType;
import dev.carafe.buildkit.wire.control.BuildHistoryRecord;
import dev.carafe.buildkit.wire.control.BuildHistoryRequest;
import dev.carafe.buildkit.wire.control.UpdateBuildHistoryRequest;
import java.util.ArrayList;
import java.util.List;

/// The last builds, as `buildx history` shows them. They are kept in memory only.
final class History {
    private final Jobs jobs;

    History(Jobs jobs) {
        this.jobs = jobs;
    }

    /// The latest last; filters are applied by clients.
    List<BuildHistoryEvent> events(BuildHistoryRequest request) {
        List<BuildHistoryEvent> events = new ArrayList<>();
        for (Job job : jobs.all()) {
            BuildHistoryRecord record = job.record();
            boolean active = !record.hasCompletedAt();
            boolean wanted = request.getRef().isEmpty() || request.getRef().equals(record.getRef());
            boolean told = !job.request().getInternal();
            if (told && wanted && (active || !request.getActiveOnly())) {
                events.add(
                        BuildHistoryEvent.newBuilder()
                                .setType(
                                        active
                                                ? BuildHistoryEventType.STARTED
                                                : BuildHistoryEventType.COMPLETE)
                                .setRecord(record)
                                .build());
            }
        }
        int limit = request.getLimit();
        return limit > 0 && events.size() > limit
                ? events.subList(events.size() - limit, events.size())
                : events;
    }

    void update(UpdateBuildHistoryRequest request) {
        if (request.getDelete()) {
            jobs.forget(request.getRef());
        }
    }
}
