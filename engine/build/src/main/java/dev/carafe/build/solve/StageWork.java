package dev.carafe.build.solve;

import dev.carafe.build.cache.CacheRecord;
import dev.carafe.build.cache.CacheSource;
import dev.carafe.build.cache.StepCache;
import dev.carafe.build.dockerfile.Instruction;
import dev.carafe.build.steps.BuildOutput;
import dev.carafe.build.words.Lexer;
import dev.carafe.build.words.Variables;
import dev.carafe.oci.Digest;
import dev.carafe.oci.ImageConfig.History;
import dev.carafe.snapshots.AppliedLayer;
import dev.carafe.snapshots.ChainId;
import dev.carafe.snapshots.LayerInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A stage under way: its state, and the one way to go a step further. Not thread-safe: a stage is
/// one thread.
final class StageWork {
    final Job job;
    final int index;
    final BuildOutput out;
    final StageWatch watch;
    final BuildArguments arguments;
    final Function<Integer, StageResult> otherStages;
    final LayerMaker layers;
    private final @Nullable NamedImages named;
    final Lexer lexer;
    final ImageEdit edit;
    State state;
    @Nullable String author;

    /// What a step does when the cache has nothing for it.
    @FunctionalInterface
    interface Work {
        @Nullable AppliedLayer make();
    }

    StageWork(
            Job job,
            int index,
            BuildOutput out,
            StageWatch watch,
            State base,
            BuildArguments arguments,
            Function<Integer, StageResult> otherStages) {
        this.job = job;
        this.index = index;
        this.out = out;
        this.watch = watch;
        this.arguments = arguments;
        this.otherStages = otherStages;
        this.layers =
                new LayerMaker(
                        job.services().snapshots(),
                        job.hold(),
                        job.epoch(),
                        job.options().buildKitForm());
        this.lexer = new Lexer(job.file().escape());
        this.state = base;
        List<String> cacheFrom = job.options().cacheFrom();
        this.named =
                cacheFrom.isEmpty() ? null : NamedImages.of(job.services().images(), cacheFrom);
        this.edit = ImageEdit.ofStage(base.config().config(), job.options().buildKitForm());
        this.author = base.config().author();
        base.layers().forEach(job.hold()::keep);
    }

    Variables variables() {
        return name -> {
            String value = edit.env(name);
            if (value != null) {
                return value;
            }
            return job.options().buildKitForm()
                    ? arguments.declaredValue(name)
                    : arguments.stageValue(name);
        };
    }

    /// What displays call an instruction that comes next.
    String name(Instruction instruction) {
        return StepNames.of(instruction, lexer, variables());
    }

    String expand(String text) {
        return lexer.expand(text, variables());
    }

    @Nullable String expandOrNull(@Nullable String text) {
        return text == null ? null : expand(text);
    }

    List<String> expandAll(List<String> texts) {
        return texts.stream().map(this::expand).toList();
    }

    /// A step that changes the configuration only.
    void commit(StepText text) {
        step(text, "", () -> null);
    }

    /// Does the step, or takes from the cache what it made before.
    ///
    /// @param extra what the result depends on besides the text
    void step(StepText text, String extra, Work work) {
        step(text, extra, true, work);
    }

    /// @param told whether the text tells all that the step does
    void step(StepText text, String extra, boolean told, Work work) {
        job.cancellation().check();
        String key =
                StepCache.key(
                        state.idText(),
                        state.config().platform().toString(),
                        text.classic(),
                        extra,
                        form(),
                        job.epochText());
        StepEvent event = new StepEvent(key);
        try {
            event.cached = named == null ? isCached(key, text) : told && isNamed(named, text);
            if (!event.cached) {
                make(key, text, work);
            }
        } finally {
            event.commit();
        }
    }

    /// Steps that change nothing make a layer in the one form and none in the other.
    private String form() {
        return job.options().buildKitForm() ? StepText.COMMENT : "";
    }

    private boolean isCached(String key, StepText text) {
        boolean caches = job.options().caches(job.plan().stages().get(index).from().name());
        Optional<CacheRecord> known =
                caches ? job.services().cache().steps().find(key) : Optional.empty();
        if (known.isEmpty() || !take(known.get(), text)) {
            known = caches ? elsewhere(key, text) : Optional.empty();
        }
        if (known.isEmpty()) {
            return false;
        }
        job.used().add(index, known.get());
        watch.cached();
        out.line(" ---> Using cache");
        return true;
    }

    /// The step of an image that was named as a cache.
    private boolean isNamed(NamedImages images, StepText text) {
        Optional<NamedImages.Step> known =
                job.options().caches(job.plan().stages().get(index).from().name())
                        ? images.next(state.config(), text.classic())
                        : Optional.empty();
        if (known.isEmpty()) {
            return false;
        }
        Digest layer = known.get().layer();
        ChainId chain = layer == null ? null : ChainId.over(state.top(), layer);
        if (chain != null) {
            job.hold().keep(chain);
            if (job.services().snapshots().layer(chain).isEmpty()) {
                return false;
            }
        }
        Instant created = known.get().line().created();
        advance(text, created == null ? job.now() : created, chain, layer);
        watch.cached();
        out.line(" ---> Using cache");
        return true;
    }

    /// What another machine's cache knows, with its layer brought here.
    private Optional<CacheRecord> elsewhere(String key, StepText text) {
        for (CacheSource source : job.client().caches()) {
            Optional<CacheRecord> known = source.find(key).map(CacheRecord::asNew);
            boolean taken =
                    known.isPresent()
                            && source.bring(known.get(), state.top())
                            && take(known.get(), text);
            if (taken) {
                job.services().cache().steps().put(known.get());
                return known;
            }
        }
        return Optional.empty();
    }

    private void make(String key, StepText text, Work work) {
        AppliedLayer layer = work.make();
        Instant created = job.now();
        String parent = state.idText();
        advance(
                text,
                created,
                layer == null ? null : layer.chainId(),
                layer == null ? null : layer.diffId());
        CacheRecord record =
                new CacheRecord(
                        CacheRecord.VERSION,
                        key,
                        parent,
                        layer == null ? null : layer.chainId().toString(),
                        layer == null ? 0 : layer.bytes(),
                        created,
                        job.clock().instant(),
                        0,
                        shown(text));
        job.services().cache().steps().put(record);
        job.used().add(index, record);
    }

    private boolean take(CacheRecord known, StepText text) {
        String layer = known.layer();
        if (layer == null) {
            advance(text, known.created(), null, null);
            return true;
        }
        ChainId chain = ChainId.parse(layer);
        job.hold().keep(chain);
        Optional<LayerInfo> info = job.services().snapshots().layer(chain);
        if (info.isEmpty()) {
            return false;
        }
        advance(text, known.created(), chain, info.get().diffId());
        return true;
    }

    /// Makes an image of what there is, without a step.
    void advance() {
        state = state.with(edit.config(), author, job.now(), null, null, null);
    }

    private void advance(
            StepText text, Instant created, @Nullable ChainId layer, @Nullable Digest diffId) {
        state = state.with(edit.config(), author, created, line(text, created), layer, diffId);
    }

    private @Nullable History line(StepText text, Instant created) {
        if (!job.options().buildKitForm()) {
            return new History(created, text.classic(), author, null, false);
        }
        return text.buildKit() == null
                ? null
                : new History(created, text.buildKit(), null, StepText.COMMENT, false);
    }

    private String shown(StepText text) {
        String buildKit = text.buildKit();
        return job.options().buildKitForm() && buildKit != null ? buildKit : text.classic();
    }
}
