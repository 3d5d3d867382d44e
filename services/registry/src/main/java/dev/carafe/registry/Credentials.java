package dev.carafe.registry;

/// Who we are at a registry (Engine API, header X-Registry-Auth). Empty texts for what is not
/// given.
///
/// @param identityToken an OAuth2 refresh token in place of the password
/// @param registryToken a bearer token, used as it is
public record Credentials(
        String username, String password, String identityToken, String registryToken) {
    public static final Credentials NONE = new Credentials("", "", "", "");

    /// True when requests go without a name.
    public boolean anonymous() {
        return username.isEmpty() && identityToken.isEmpty() && registryToken.isEmpty();
    }

    /// Without the secrets.
    @Override
    public String toString() {
        return anonymous() ? "anonymous" : "user " + username;
    }
}
