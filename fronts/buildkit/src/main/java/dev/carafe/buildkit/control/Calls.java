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
    private static final Context.Key<String> KEY = Context.key("build");

    /// The build of the call that this thread serves; empty for none.
    static String build() {
        String id = KEY.get();
        return id == null ? "" : id;
    }

    @Override
    public <A, B> ServerCall.Listener<A> interceptCall(
            ServerCall<A, B> call, Metadata head, ServerCallHandler<A, B> next) {
        String id = head.get(BUILD);
        Context context = Context.current().withValue(KEY, id == null ? "" : id);
        return Contexts.interceptCall(context, call, head, next);
    }
}
