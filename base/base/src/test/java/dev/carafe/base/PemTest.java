package dev.carafe.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class PemTest {
    private static String pem(String label, byte[] der) {
        return "junk\n-----BEGIN "
                + label
                + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END "
                + label
                + "-----\n";
    }

    private static PrivateKey rsa() throws GeneralSecurityException {
        KeyPairGenerator g = KeyPairGenerator.getInstance("RSA");
        g.initialize(2048);
        return g.generateKeyPair().getPrivate();
    }

    private static PrivateKey ec() throws GeneralSecurityException {
        KeyPairGenerator g = KeyPairGenerator.getInstance("EC");
        g.initialize(new ECGenParameterSpec("secp256r1"));
        return g.generateKeyPair().getPrivate();
    }

    @Test
    void pkcs8KeysOfEachKindAreRead() throws GeneralSecurityException {
        for (PrivateKey key :
                new PrivateKey[] {
                    rsa(),
                    ec(),
                    KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate()
                }) {
            assertThat(Pem.privateKey(pem("PRIVATE KEY", key.getEncoded())).getEncoded())
                    .isEqualTo(key.getEncoded());
        }
    }

    @Test
    void olderRsaKeysAreRead() throws GeneralSecurityException {
        PrivateKey key = rsa();
        byte[] pkcs8 = key.getEncoded();
        // SEQUENCE (4), version (3), algorithm (15), OCTET STRING head (4), then the PKCS#1 key
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
        assertThat(Pem.privateKey(pem("RSA PRIVATE KEY", pkcs1)).getEncoded()).isEqualTo(pkcs8);
    }

    @Test
    void whatIsNoKeyIsRefused() {
        assertThatThrownBy(() -> Pem.privateKey("nothing")).hasMessageContaining("no private key");
        assertThatThrownBy(() -> Pem.privateKey(pem("ENCRYPTED PRIVATE KEY", new byte[3])))
                .hasMessageContaining("encrypted");
        assertThatThrownBy(() -> Pem.privateKey(pem("PRIVATE KEY", new byte[3])))
                .isInstanceOf(GeneralSecurityException.class);
    }
}
