/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.chart;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the chart refuses, and that the message names the value. */
@RequiresHelm
class ChartRefusalTest {
  private final Chart chart = Chart.underTest();
  private final Values required = Values.required();

  @Test
  void shouldNameAllThatIsMissingWhenNothingIsSet() {
    assertRefused(
        new Values("nothing", Map.of()),
        "image.repository is empty: no image of Weir is published yet",
        "kafka.bootstrapServers is empty",
        "chanceKey.existingSecret is empty: the monitor does not start without its secret key");
  }

  @Test
  void shouldNameTheChanceKeyWhenOnlyItIsMissing() {
    assertRefused(
        required.with("chanceKey.existingSecret", ""), "chanceKey.existingSecret is empty");
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments("replica", 2, "'replica' not allowed"),
        arguments("kafka.bootstrap", "kafka:9092", "'bootstrap' not allowed"),
        arguments("probes.liveness.path", "/healthz", "'path' not allowed"),
        arguments(
            "persistence.retentionPolicy.whenDeleted", "Keep", "/persistence/retentionPolicy"),
        arguments("image.tag", "latest", "image.tag is latest"),
        arguments("image.digest", "sha256:abc", "/image/digest"),
        arguments("image.repository", "registry.example/weir:1.0 ", "/image/repository"),
        arguments("replicas", -1, "/replicas"),
        arguments("replicas", "two", "/replicas"),
        arguments("threads", 0, "/threads"),
        arguments("http.port", 80, "/http/port"),
        arguments("applicationId", "weir\nhttp.port=1", "/applicationId"),
        arguments("topicsPrefix", "weir actions", "/topicsPrefix"),
        arguments("sources", List.of("a,b"), "/sources/0"),
        arguments("sources", List.of("a", "a"), "/sources"),
        arguments("kafka.bootstrapServers", "kafka", "/kafka/bootstrapServers"),
        arguments("kafka.groupProtocol", "consumer", "/kafka/groupProtocol"),
        arguments("kafka.config/client.rack", "a\nb", "/kafka/config/client.rack"),
        arguments("kafka.config/bootstrap.servers", "x:1", "kafka.config holds bootstrap.servers"),
        arguments("kafka.config/group.instance.id", "a", "kafka.config holds group.instance.id"),
        arguments("kafka.config/consumer.group.instance.id", "a", "consumer.group.instance.id"),
        arguments("kafka.config/a=b", "c", "a=b"),
        arguments("kafka.config/ssl.keystore.password", "hunter2", "ssl.keystore.password"),
        arguments("kafka.config/consumer.sasl.jaas.config", "x;", "consumer.sasl.jaas.config"),
        arguments("config/threads", 2, "'threads' not allowed"),
        arguments("rocksdb.memory", "8Mi", "rocksdb.memory is 8Mi"),
        arguments("jvm.heap", "1G", "/jvm/heap"),
        arguments("jvm.heap", "75%", "/jvm/heap"),
        arguments("jvm.options", List.of("-Xmx8g"), "jvm.options holds"),
        arguments("jvm.options", List.of("-XX:MaxRAMPercentage=75"), "jvm.options holds"),
        arguments("resources.limits", Map.of("memory", "2000000000"), "/resources/limits/memory"),
        arguments("security.runAsUser", 0, "/security/runAsUser"),
        arguments("podDisruptionBudget.maxUnavailable", "50%", "/podDisruptionBudget"),
        arguments(
            "extraEnv",
            List.of(Map.of("name", "POD_NAME", "value", "a")),
            "extraEnv holds POD_NAME"),
        arguments("extraVolumes", List.of(Map.of("name", "state")), "extraVolumes holds state"));
  }

  @ParameterizedTest(name = "{0} = {1}")
  @MethodSource("refused")
  void shouldNameTheValueWhenItIsRefused(String path, Object value, String message) {
    assertRefused(required.with(path, value), message);
  }

  @Test
  void shouldRefuseStaticMembershipWhenTheProtocolIsStreams() {
    assertRefused(required.with("kafka.groupProtocol", "streams"), "/kafka/staticMembership");
  }

  @Test
  void shouldRefuseStandbysWhenTheProtocolIsStreams() {
    assertRefused(
        required
            .with("replicas", 2)
            .with("kafka.groupProtocol", "streams")
            .with("kafka.staticMembership", false)
            .with("kafka.standbyReplicas", 1),
        "/kafka/standbyReplicas");
  }

  @Test
  void shouldRefuseStandbysWhenTheyHaveNoPod() {
    assertRefused(
        required.with("replicas", 2).with("kafka.standbyReplicas", 2),
        "kafka.standbyReplicas is 2, but there are only 2 replicas");
  }

  @Test
  void shouldRefuseTwoPoliciesWhenBothAreGiven() {
    assertRefused(
        required.with("policy.inline", "id: a").with("policy.existingConfigMap", "b"),
        "policy.inline and policy.existingConfigMap are both set");
  }

  private void assertRefused(Values values, String... messages) {
    assertThatThrownBy(() -> chart.render(values))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(messages);
  }
}
