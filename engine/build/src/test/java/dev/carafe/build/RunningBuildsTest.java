package dev.carafe.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carafe.base.Canceled;
import dev.carafe.build.steps.Cancellation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunningBuildsTest {
    private final RunningBuilds builds = new RunningBuilds();

    @Test
    void cancelingEndsWhatRunsAndLetsNothingBegin() {
        List<String> ended = new ArrayList<>();
        builds.call(
                "one",
                cancellation -> {
                    cancellation.begin(() -> ended.add("over by itself")).close();
                    Cancellation.Running running = cancellation.begin(() -> ended.add("git"));
                    builds.cancel("two");
                    cancellation.check();
                    builds.cancel("one");
                    assertThat(ended).containsExactly("git");
                    assertThatThrownBy(() -> cancellation.begin(() -> ended.add("late")))
                            .isInstanceOf(Canceled.class);
                    running.close();
                    return "";
                });
    }

    @Test
    void partsOfABuildAreCanceledTogetherAndTheNextOneIsNot() {
        builds.call(
                "id",
                context ->
                        builds.call(
                                "id",
                                build -> {
                                    builds.cancel("id");
                                    assertThat(context.isCanceled()).isTrue();
                                    assertThat(build.isCanceled()).isTrue();
                                    return "";
                                }));
        builds.call(
                "id",
                next -> {
                    next.check();
                    return "";
                });
        builds.call(
                "",
                nobodys -> {
                    builds.cancel("");
                    nobodys.check();
                    return "";
                });
    }
}
