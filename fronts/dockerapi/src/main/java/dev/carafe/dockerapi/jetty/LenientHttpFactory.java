package dev.carafe.dockerapi.jetty;

import org.eclipse.jetty.http.HostPortHttpField;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/// Makes connections that take an empty `Host:` header, and `Upgrade:` without `Connection:
/// Upgrade`. Clients on a unix socket have no host to name, RFC 9112 section 3.2 lets them send an
/// empty one; dockerd looks at `Upgrade:` alone, and there are clients that send no more. Jetty has
/// a setting for neither.
final class LenientHttpFactory extends HttpConnectionFactory {
    private static final HttpField SOME_HOST = new HostPortHttpField("docker");
    private static final HttpField UPGRADE =
            new HttpField(HttpHeader.CONNECTION, HttpHeaderValue.UPGRADE.asString());

    LenientHttpFactory(HttpConfiguration configuration) {
        super(configuration);
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        HttpConnection connection = new Lenient(getHttpConfiguration(), connector, endPoint);
        connection.setUseInputDirectByteBuffers(isUseInputDirectByteBuffers());
        connection.setUseOutputDirectByteBuffers(isUseOutputDirectByteBuffers());
        return configure(connection, connector, endPoint);
    }

    private static final class Lenient extends HttpConnection {
        Lenient(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
            super(configuration, connector, endPoint);
        }

        @Override
        protected HttpStreamOverHTTP1 newHttpStream(
                String method, String uri, HttpVersion version) {
            return new HttpStreamOverHTTP1(method, uri, version) {
                @Override
                public void parsedHeader(HttpField field) {
                    boolean noHost =
                            field.getHeader() == HttpHeader.HOST
                                    && (field.getValue() == null || field.getValue().isBlank());
                    if (field.getHeader() == HttpHeader.UPGRADE) {
                        super.parsedHeader(UPGRADE);
                    }
                    super.parsedHeader(noHost ? SOME_HOST : field);
                }
            };
        }
    }
}
