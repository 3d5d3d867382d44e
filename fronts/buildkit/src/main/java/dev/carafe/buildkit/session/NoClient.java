package dev.carafe.buildkit.session;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The channel to a client that serves nothing: every call ends as one that it has not.
final class NoClient extends ManagedChannel {
    @Override
    public <A, B> ClientCall<A, B> newCall(MethodDescriptor<A, B> method, CallOptions options) {
        return new ClientCall<>() {
            @Override
            public void start(Listener<B> listener, Metadata head) {
                listener.onClose(
                        Status.UNIMPLEMENTED.withDescription("the client has no session"),
                        new Metadata());
            }

            @Override
            public void request(int messages) {}

            @Override
            public void cancel(@Nullable String message, @Nullable Throwable cause) {}

            @Override
            public void halfClose() {}

            @Override
            public void sendMessage(A message) {}
        };
    }

    @Override
    public String authority() {
        return "nobody";
    }

    @Override
    public ManagedChannel shutdown() {
        return this;
    }

    @Override
    public ManagedChannel shutdownNow() {
        return this;
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
