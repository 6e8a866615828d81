/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.Settings;
import dev.weir.config.WeirConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The application's configuration, as the chart writes it. */
@RequiresHelm
class ChartConfigTest {
  private static final String INSTANCE_ID = "kafka.group.instance.id";

  private final Chart chart = Chart.underTest();
  private final Values required = Values.required();

  @ParameterizedTest
  @MethodSource("dev.weir.chart.Values#all")
  void shouldBeReadByTheApplicationWhenWritten(Values values) {
    Map<String, String> properties = chart.render(values).properties();
    // References resolve only in a pod.
    properties.values().removeIf(value -> value.startsWith("${"));
    WeirConfig config = WeirConfig.of(properties);

    assertThat(config.getString(WeirConfig.STATE_DIR)).isEqualTo("/var/lib/weir");
    assertThat(config.kafka()).containsEntry("bootstrap.servers", bootstrap(values));
  }

  @Test
  void shouldReachEveryKeyOfTheApplicationWhenEverythingIsSet() {
    Map<String, Object> schema = Yaml.map(chart.read("values.schema.json"));
    Map<String, Object> config = Yaml.child(Yaml.child(schema, "properties"), "config");
    Set<String> reached = new TreeSet<>(Yaml.child(config, "properties").keySet());
    Map<String, String> written =
        chart.render(Values.ci("production").with("config", Map.of())).properties();

    assertThat(reached).doesNotContainAnyElementsOf(written.keySet());
    reached.addAll(written.keySet());
    reached.removeIf(key -> key.startsWith(WeirConfig.KAFKA_PREFIX));
    assertThat(reached).isEqualTo(Settings.DEFINITION.names());
  }

  @Test
  void shouldWriteTheseKeysWhenDefaultsAreKept() {
    assertThat(chart.render(required).properties())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("application.id", "weir"),
                Map.entry("kafka.bootstrap.servers", "kafka:9092"),
                Map.entry("topics.prefix", "weir"),
                Map.entry("chance.key.file", "/etc/weir/chance/chance.key"),
                Map.entry("http.host", "0.0.0.0"),
                Map.entry("http.port", "9464"),
                Map.entry("state.dir", "/var/lib/weir"),
                Map.entry("threads", "1"),
                Map.entry("commit.interval.ms", "100"),
                Map.entry("close.timeout.ms", "30000"),
                Map.entry("rocksdb.memory.bytes", "536870912"),
                Map.entry("kafka.group.protocol", "classic"),
                Map.entry(INSTANCE_ID, "${env:POD_NAME}"),
                Map.entry("kafka.num.standby.replicas", "0")));
  }

  @Test
  void shouldWriteTheseKeysWhenEverythingIsSet() {
    assertThat(chart.render(Values.ci("production")).properties())
        .containsEntry("sources", "gateway,sandbox")
        .containsEntry("policy.file", "/etc/weir/policy/policy.yaml")
        .containsEntry(
            "policy.publishers",
            "risk-team=MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=;until=2030-01-01")
        .containsEntry(
            "review.registrars",
            "risk-team=MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=")
        .containsEntry(
            "grant.issuers",
            "risk-team=MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=")
        .containsEntry("probe.file", "/etc/weir/probes/probes.jsonl")
        .containsEntry("probe.share", "0.05")
        .containsEntry("live.tasks.max", "50000")
        .containsEntry("task.idle.ms", "86400000")
        .containsEntry("threads", "2")
        .containsEntry("kafka.num.standby.replicas", "1")
        .containsEntry("kafka.security.protocol", "SASL_SSL")
        .containsEntry("kafka.consumer.session.timeout.ms", "60000")
        .containsEntry(
            "kafka.sasl.jaas.config",
            "${file:/etc/weir/secrets/kafka.properties:sasl.jaas.config}");
  }

  @Test
  void shouldNameTheInstanceAfterItsPodWhenTheProtocolIsClassic() {
    Rendered rendered = chart.render(required);

    assertThat(rendered.properties()).containsEntry(INSTANCE_ID, "${env:POD_NAME}");
    assertThat(Yaml.child(rendered.env("POD_NAME"), "valueFrom"))
        .containsEntry("fieldRef", Map.of("fieldPath", "metadata.name"));
  }

  @Test
  void shouldNotNameTheInstanceWhenMembershipIsDynamic() {
    assertThat(chart.render(required.with("kafka.staticMembership", false)).properties())
        .doesNotContainKey(INSTANCE_ID);
  }

  @Test
  void shouldWriteNoSettingOfTheClassicProtocolWhenTheProtocolIsStreams() {
    assertThat(chart.render(Values.ci("policy-inline")).properties())
        .containsEntry("kafka.group.protocol", "streams")
        .doesNotContainKeys(INSTANCE_ID, "kafka.num.standby.replicas");
  }

  @Test
  void shouldPassValuesUnchangedWhenTheyHoldBackslashesOrLargeNumbers() {
    assertThat(
            chart
                .render(
                    required
                        .with("kafka.config/ssl.principal.mapping.rules", "RULE:^CN=(.*?)\\.x$/$1/")
                        .with("kafka.config/producer.buffer.memory", 134_217_728)
                        .with("kafka.config/enable.metrics.push", false))
                .properties())
        .containsEntry("kafka.ssl.principal.mapping.rules", "RULE:^CN=(.*?)\\.x$/$1/")
        .containsEntry("kafka.producer.buffer.memory", "134217728")
        .containsEntry("kafka.enable.metrics.push", "false");
  }

  @Test
  void shouldMountTheInlinePolicyUnchangedWhenGiven() {
    Values values = Values.ci("policy-inline");
    Rendered rendered = chart.render(values);

    assertThat(Yaml.child(rendered.only("ConfigMap"), "data").get("policy.yaml"))
        .isEqualTo(Yaml.child(values.tree(), "policy").get("inline"));
    assertThat(rendered.volume("policy").get("configMap"))
        .isEqualTo(
            Map.of(
                "name",
                "risk",
                "items",
                List.of(Map.of("key", "policy.yaml", "path", "policy.yaml"))));
    assertThat(rendered.properties().get("policy.file"))
        .isEqualTo(rendered.mount("policy").get("mountPath") + "/policy.yaml");
  }

  @Test
  void shouldMountTheExistingPolicyWhenNamed() {
    Rendered rendered = chart.render(Values.ci("production"));

    assertThat(rendered.volume("policy").get("configMap"))
        .isEqualTo(
            Map.of(
                "name",
                "weir-policy",
                "items",
                List.of(Map.of("key", "production.yaml", "path", "policy.yaml"))));
  }

  @Test
  void shouldRollThePodsWhenConfigurationOrPolicyChanges() {
    Values inline = Values.ci("policy-inline");
    Object before = checksum(inline);

    assertThat(checksum(inline.with("commitIntervalMs", 200))).isNotEqualTo(before);
    assertThat(checksum(inline.with("policy.inline", "id: other\n"))).isNotEqualTo(before);
    assertThat(checksum(inline.with("replicas", 5))).isEqualTo(before);
  }

  private static Object bootstrap(Values values) {
    return Yaml.child(values.tree(), "kafka").get("bootstrapServers");
  }

  private Object checksum(Values values) {
    return Yaml.child(chart.render(values).podMetadata(), "annotations").get("checksum/config");
  }
}
