package dev.carafe.cli.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An answer. Its body must be read to the end, or the connection closed, before the next request.
///
/// @param headers names in lower case
public record HttpResponse(int status, Map<String, String> headers, InputStream body) {

    public @Nullable String header(String lowerCaseName) {
        return headers.get(lowerCaseName);
    }

    /// The rest of the body.
    public byte[] bytes() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int n = body.read(buffer, 0, buffer.length);
                n > 0;
                n = body.read(buffer, 0, buffer.length)) {
            all.write(buffer, 0, n);
        }
        return all.toByteArray();
    }
}
