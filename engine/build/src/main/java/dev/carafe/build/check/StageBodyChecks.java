package dev.carafe.build.check;

import dev.carafe.build.dockerfile.Stage;
import dev.carafe.build.words.Lexer;
import dev.carafe.oci.ImageConfig;
import dev.carafe.oci.Platform;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The instructions of the stages that are built, in the order in which values come to be.
final class StageBodyChecks {
    private final CheckSubject subject;
    private final Findings findings;
    private final Lexer lexer;
    private final Map<Integer, StageView> views = new HashMap<>();

    private StageBodyChecks(CheckSubject subject, Findings findings) {
        this.subject = subject;
        this.findings = findings;
        this.lexer = new Lexer(subject.file().escape());
    }

    static void add(CheckSubject subject, Findings findings) {
        StageBodyChecks checks = new StageBodyChecks(subject, findings);
        new TreeSet<>(subject.extent().stages()).forEach(checks::stage);
    }

    private void stage(int index) {
        Stage stage = subject.file().stages().get(index);
        StageView view = begin(stage, index);
        views.put(index, view);
        InstructionChecks checks = new InstructionChecks(subject, view, findings);
        stage.instructions().forEach(checks::check);
    }

    private StageView begin(Stage stage, int index) {
        Expansion expansion = new Expansion(lexer, subject.arguments().values()::get);
        String base = expansion.of(stage.from().base());
        if (base == null || base.equals("scratch")) {
            return StageView.ofScratch();
        }
        List<Stage> stages = subject.file().stages();
        for (int i = index - 1; i >= 0; i--) {
            StageView view = views.get(i);
            if (view != null && stages.get(i).isNamed(base)) {
                return view.next();
            }
        }
        Optional<ImageConfig> config = subject.images().apply(base);
        if (stage.from().platform() == null) {
            config.map(ImageConfig::platform)
                    .filter(platform -> !isSame(platform, subject.platform()))
                    .ifPresent(platform -> mismatch(stage, base, platform));
        }
        return StageView.ofImage(config.map(ImageConfig::config).orElse(null));
    }

    private static boolean isSame(Platform one, Platform other) {
        return one.os().equals(other.os()) && one.architecture().equals(other.architecture());
    }

    private void mismatch(Stage stage, String base, Platform platform) {
        findings.add(
                Rule.INVALID_BASE_IMAGE_PLATFORM,
                stage.from().source(),
                "Base image "
                        + base
                        + " was pulled with platform "
                        + Lexer.quoted(platform.toString())
                        + ", expected "
                        + Lexer.quoted(subject.platform().toString())
                        + " for current build");
    }
}
