package dev.carafe.buildkit.control;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/// Notes which build a call belongs to: clients name it in the call's head.
public final class Calls implements ServerInterceptor {
    private static final Metadata.Key<String> BUILD =
            Metadata.Key.of("buildkit-controlapi-buildid", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> SESSION =
            Metadata.Key.of("x-docker-expose-session-uuid", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> SHARED =
            Metadata.Key.of("x-docker-expose-session-sharedkey", Metadata.ASCII_STRING_MARSHALLER);
    private static final Context.Key<String> KEY = Context.key("build");
    private static final Context.Key<Metadata> HEAD = Context.key("head");

    /// The build of the call that this thread serves; empty for none.
    static String build() {
        String id = KEY.get();
        return id == null ? "" : id;
    }

    /// The session that the call begins; empty for none.
    static String session() {
        return text(SESSION);
    }

    /// What the client's sessions for the same folder have in common; may be empty.
    static String sharedKey() {
        return text(SHARED);
    }

    private static String text(Metadata.Key<String> name) {
        Metadata head = HEAD.get();
        String value = head == null ? null : head.get(name);
        return value == null ? "" : value;
    }

    @Override
    public <A, B> ServerCall.Listener<A> interceptCall(
            ServerCall<A, B> call, Metadata head, ServerCallHandler<A, B> next) {
        String id = head.get(BUILD);
        Context context =
                Context.current().withValue(KEY, id == null ? "" : id).withValue(HEAD, head);
        return Contexts.interceptCall(context, call, head, next);
    }
}
