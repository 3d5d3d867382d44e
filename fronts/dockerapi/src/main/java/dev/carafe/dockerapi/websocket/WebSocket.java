package dev.carafe.dockerapi.websocket;

import dev.carafe.base.InvalidArgument;
import dev.carafe.dockerapi.http.Exchange;
import dev.carafe.dockerapi.http.RawStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

/// A byte stream in a websocket: what comes in any data frame is read, each write is one frame. RFC
/// 6455.
public final class WebSocket implements RawStream {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private final RawStream raw;
    private final FrameOutput out;
    private final FrameInput in;

    private WebSocket(RawStream raw, boolean binary) {
        this.raw = raw;
        this.out = new FrameOutput(raw.out(), binary);
        this.in = new FrameInput(raw.in(), out);
    }

    /// A client's wish for one, found to be in order.
    public static final class Opening {
        private final Exchange exchange;
        private final String key;

        private Opening(Exchange exchange, String key) {
            this.exchange = exchange;
            this.key = key;
        }

        /// @throws InvalidArgument it is no such wish
        public static Opening of(Exchange x) {
            String upgrade = x.header("Upgrade");
            String key = x.header("Sec-WebSocket-Key");
            if (upgrade == null
                    || !upgrade.toLowerCase(Locale.ROOT).equals("websocket")
                    || key == null
                    || !"13".equals(x.header("Sec-WebSocket-Version"))) {
                throw new InvalidArgument("not websocket protocol");
            }
            return new Opening(x, key);
        }

        /// Takes the connection out of HTTP.
        ///
        /// @param binary frames; else text, for old clients
        public WebSocket accept(boolean binary) throws IOException {
            exchange.header("Sec-WebSocket-Accept", answer(key));
            return new WebSocket(exchange.hijack("application/octet-stream"), binary);
        }
    }

    private static String answer(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1")
                            .digest((key.strip() + GUID).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public InputStream in() {
        return in;
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public boolean halfCloses() {
        return false;
    }

    @Override
    public void close() {
        out.end();
        raw.close();
    }
}
