package dev.carafe.build.context;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;

/// Why a file could not be fetched, in docker's words.
public final class RemoteFailure {
    private RemoteFailure() {}

    /// `Get "http://host/": dial tcp: lookup host: no such host`.
    public static String words(String url, Exception failure) {
        return "Get \"" + url + "\": " + why(url, failure);
    }

    /// `404 Not Found`; the number alone where it is a rare one.
    static String status(int status) {
        String words =
                switch (status) {
                    case 400 -> " Bad Request";
                    case 401 -> " Unauthorized";
                    case 403 -> " Forbidden";
                    case 404 -> " Not Found";
                    case 405 -> " Method Not Allowed";
                    case 407 -> " Proxy Authentication Required";
                    case 410 -> " Gone";
                    case 429 -> " Too Many Requests";
                    case 500 -> " Internal Server Error";
                    case 501 -> " Not Implemented";
                    case 502 -> " Bad Gateway";
                    case 503 -> " Service Unavailable";
                    case 504 -> " Gateway Timeout";
                    default -> "";
                };
        return status + words;
    }

    private static String why(String url, Exception failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof UnresolvedAddressException || root instanceof UnknownHostException) {
            return "dial tcp: lookup " + URI.create(url).getHost() + ": no such host";
        }
        if (failure.getMessage() != null) {
            return failure.getMessage();
        }
        // The client gives connections that are refused no words.
        return failure instanceof ConnectException
                ? "dial tcp " + URI.create(url).getAuthority() + ": connect: connection refused"
                : failure.toString();
    }
}
