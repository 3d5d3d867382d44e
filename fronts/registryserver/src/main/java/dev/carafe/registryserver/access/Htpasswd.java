package dev.carafe.registryserver.access;

import dev.carafe.base.InvalidArgument;
import dev.carafe.base.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.security.crypto.bcrypt.BCrypt;

/// Users and passwords of a file as `htpasswd -B` writes it: `name:$2y$05$...`, one a line. The
/// file is read again when it has changed. Thread-safe.
public final class Htpasswd {
    /// Of no password: unknown users cost as much time as known ones.
    private static final String NOBODY =
            "$2a$05$abcdefghijklmnopqrstuuHqXGMWC9RsbTH3RjBbNBGFUhmZBFYNm";

    private static final int MOST_KNOWN = 1000;

    private final Path file;
    private final Set<String> right = ConcurrentHashMap.newKeySet();
    private Map<String, String> hashes = Map.of();
    private FileTime read = FileTime.fromMillis(0);

    /// @throws InvalidArgument when the file can't be read or has a line of another form
    public Htpasswd(Path file) {
        this.file = file;
        hashes();
    }

    /// Whether the header `Authorization` names a user with the right password.
    public boolean allows(Optional<String> authorization) {
        Optional<String[]> pair = authorization.flatMap(Htpasswd::decoded);
        if (pair.isEmpty()) {
            return false;
        }
        String user = pair.get()[0];
        String password = pair.get()[1];
        String hash = hashes().getOrDefault(user, NOBODY);
        // checking takes long on purpose: what was right stays so as long as the hash is the same
        String key = sum(user + '\n' + hash + '\n' + password);
        if (right.contains(key)) {
            return true;
        }
        boolean fits = BCrypt.checkpw(password, hash.replaceFirst("^\\$2[by]\\$", "\\$2a\\$"));
        if (!fits || hash.equals(NOBODY)) {
            return false;
        }
        if (right.size() >= MOST_KNOWN) {
            right.clear();
        }
        right.add(key);
        return true;
    }

    private static Optional<String[]> decoded(String authorization) {
        if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(authorization.substring(6).strip());
            String text = new String(bytes, StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(
                            new String[] {text.substring(0, colon), text.substring(colon + 1)});
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String sum(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized Map<String, String> hashes() {
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            if (!changed.equals(read)) {
                hashes = parse(Files.readString(file));
                read = changed;
            }
            return hashes;
        } catch (IOException e) {
            throw new InvalidArgument(
                    Subject.NONE, "can't read the users of " + file + ": " + e.getMessage(), e);
        }
    }

    private Map<String, String> parse(String text) {
        Map<String, String> all = new HashMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            String hash = line.substring(colon + 1).strip();
            if (colon < 1 || !hash.matches("\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}")) {
                throw new InvalidArgument(
                        "line "
                                + number
                                + " of "
                                + file
                                + " is not name:bcrypt-hash; make it with `htpasswd -B`");
            }
            all.put(line.substring(0, colon), hash);
        }
        return all;
    }
}
