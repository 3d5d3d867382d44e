package dev.carafe.base;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Certificates and private keys in PEM (RFC 7468).
public final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----", Pattern.DOTALL);
    private static final String RSA_OID = "300d06092a864886f70d0101010500";
    private static final String EC_OID = "06072a8648ce3d0201";

    private Pem() {}

    private record Block(String label, byte[] content) {}

    private static List<Block> blocks(String text) {
        List<Block> blocks = new ArrayList<>();
        Matcher m = BLOCK.matcher(text);
        while (m.find()) {
            blocks.add(new Block(m.group(1), Base64.getMimeDecoder().decode(m.group(2).strip())));
        }
        return blocks;
    }

    /// All certificates of the text, in order.
    public static List<Certificate> certificates(String text) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<Certificate> certificates = new ArrayList<>();
        for (Block b : blocks(text)) {
            if (b.label().equals("CERTIFICATE")) {
                certificates.add(
                        factory.generateCertificate(new ByteArrayInputStream(b.content())));
            }
        }
        return certificates;
    }

    /// The first private key: PKCS#8, or the older forms of RSA and EC keys. Encrypted ones are
    /// refused.
    public static PrivateKey privateKey(String text) throws GeneralSecurityException {
        for (Block b : blocks(text)) {
            switch (b.label()) {
                case "PRIVATE KEY" -> {
                    return key(b.content());
                }
                case "RSA PRIVATE KEY" -> {
                    return key(wrap(HexFormat.of().parseHex(RSA_OID), b.content()));
                }
                case "EC PRIVATE KEY" -> {
                    return key(wrap(algorithm(b.content()), b.content()));
                }
                case "ENCRYPTED PRIVATE KEY" ->
                        throw new InvalidKeySpecException("the private key is encrypted");
                default -> {}
            }
        }
        throw new InvalidKeySpecException("there is no private key");
    }

    private static PrivateKey key(byte[] pkcs8) throws GeneralSecurityException {
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(pkcs8);
        for (String algorithm : List.of("RSA", "EC", "Ed25519", "Ed448")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // the next algorithm may be the one
            }
        }
        throw new InvalidKeySpecException("no private key of a known algorithm");
    }

    /// PKCS#8 around an older key: SEQUENCE { version 0, algorithm, OCTET STRING }.
    private static byte[] wrap(byte[] algorithm, byte[] key) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.writeBytes(new byte[] {2, 1, 0});
        inner.writeBytes(algorithm);
        inner.writeBytes(der(0x04, key));
        return der(0x30, inner.toByteArray());
    }

    /// The key's curve: the context tag 0 in it (RFC 5915), whose content is the curve's OID.
    private static byte[] algorithm(byte[] ecKey) throws InvalidKeySpecException {
        for (int i = 0; i + 3 < ecKey.length; i++) {
            boolean tagged =
                    (ecKey[i] & 0xff) == 0xa0
                            && ecKey[i + 2] == 0x06
                            && ecKey[i + 1] == ecKey[i + 3] + 2;
            if (tagged && i + 2 + ecKey[i + 1] <= ecKey.length) {
                ByteArrayOutputStream algorithm = new ByteArrayOutputStream();
                algorithm.writeBytes(HexFormat.of().parseHex(EC_OID));
                algorithm.write(ecKey, i + 2, ecKey[i + 1]);
                return der(0x30, algorithm.toByteArray());
            }
        }
        throw new InvalidKeySpecException("the EC key names no curve");
    }

    private static byte[] der(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int n = content.length;
        if (n < 0x80) {
            out.write(n);
        } else {
            byte[] length = new BigInteger(Integer.toString(n)).toByteArray();
            int from = length[0] == 0 ? 1 : 0;
            out.write(0x80 | (length.length - from));
            out.write(length, from, length.length - from);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    /// The file as text, byte by byte.
    public static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }
}
