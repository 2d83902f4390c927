package dev.audition.local.docker;

import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.LocalDirectorySSLConfig;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.core.SSLConfig;
import java.net.URI;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What docker-java must know of an engine. Its own configuration would read files and variables a
 * second time, by other rules than ours; credentials are given with each pull instead.
 */
@SuppressWarnings("deprecation") // docker-java asks for its own deprecated SSLConfig
final class EngineClientConfig implements DockerClientConfig {
  private final EngineAddress address;

  EngineClientConfig(EngineAddress address) {
    this.address = address;
  }

  @Override
  public URI getDockerHost() {
    return address.host();
  }

  @Override
  public RemoteApiVersion getApiVersion() {
    return RemoteApiVersion.unknown();
  }

  @Override
  public @Nullable String getRegistryUsername() {
    return null;
  }

  @Override
  public @Nullable String getRegistryPassword() {
    return null;
  }

  @Override
  public @Nullable String getRegistryEmail() {
    return null;
  }

  @Override
  public String getRegistryUrl() {
    return AuthConfig.DEFAULT_SERVER_ADDRESS;
  }

  @Override
  public @Nullable AuthConfig effectiveAuthConfig(String imageName) {
    return null;
  }

  @Override
  public AuthConfigurations getAuthConfigurations() {
    return new AuthConfigurations();
  }

  @Override
  public @Nullable SSLConfig getSSLConfig() {
    if (address.certificates() != null) {
      return new LocalDirectorySSLConfig(address.certificates().toString());
    }
    // Without one the transport reads every certificate the system trusts, for nothing.
    return "unix".equals(address.host().getScheme()) ? EngineClientConfig::trustingNobody : null;
  }

  private static SSLContext trustingNobody()
      throws NoSuchAlgorithmException, KeyManagementException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[0], null);
    return context;
  }
}
