/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What single values do to the pods, their state and what stands around them. */
@RequiresHelm
class ChartWorkloadTest {
  private final Chart chart = Chart.underTest();
  private final Values required = Values.required();

  @Test
  void shouldClaimAVolumeAtTheStateDirectoryWhenPersistenceIsOn() {
    Rendered rendered = chart.render(required);

    assertThat(Yaml.children(rendered.spec("StatefulSet"), "volumeClaimTemplates"))
        .singleElement()
        .extracting(claim -> Yaml.child(claim, "metadata").get("name"))
        .isEqualTo("state");
    assertThat(rendered.volume("state")).isEmpty();
    assertThat(rendered.mount("state").get("mountPath"))
        .isEqualTo(rendered.properties().get("state.dir"));
    assertThat(rendered.spec("StatefulSet").get("persistentVolumeClaimRetentionPolicy"))
        .isEqualTo(Map.of("whenDeleted", "Retain", "whenScaled", "Retain"));
  }

  @Test
  void shouldKeepStateInAnEmptyDirWhenPersistenceIsOff() {
    Rendered rendered = chart.render(Values.ci("minimal-ephemeral"));

    assertThat(rendered.spec("StatefulSet"))
        .doesNotContainKeys("volumeClaimTemplates", "persistentVolumeClaimRetentionPolicy");
    assertThat(rendered.volume("state").get("emptyDir")).isEqualTo(Map.of("sizeLimit", "2Gi"));
    assertThat(rendered.mount("state").get("mountPath"))
        .isEqualTo(rendered.properties().get("state.dir"));
  }

  @Test
  void shouldOutliveTheCloseTimeoutWhenItIsRaised() {
    Rendered rendered =
        chart.render(required.with("closeTimeoutMs", 45_001).with("terminationMarginSeconds", 20));

    assertThat(rendered.pod()).containsEntry("terminationGracePeriodSeconds", 66);
  }

  @Test
  void shouldStartPodsTogetherAndEvictOneAtATimeWhenDefaultsAreKept() {
    Rendered rendered = chart.render(required);

    assertThat(rendered.spec("StatefulSet")).containsEntry("podManagementPolicy", "Parallel");
    assertThat(rendered.spec("Service")).containsEntry("clusterIP", "None");
    assertThat(rendered.spec("PodDisruptionBudget"))
        .containsEntry("maxUnavailable", 1)
        .containsEntry("unhealthyPodEvictionPolicy", "AlwaysAllow");
  }

  @Test
  void shouldTakeTheAppVersionWhenNoTagIsSet() {
    Object appVersion = Yaml.map(chart.read("Chart.yaml")).get("appVersion");

    assertThat(chart.render(required).container().get("image"))
        .isEqualTo("registry.example/weir:" + appVersion);
  }

  @Test
  void shouldTakeTheDigestWhenTagAndDigestAreSet() {
    String digest = "sha256:" + "ab".repeat(32);

    assertThat(
            chart
                .render(required.with("image.tag", "1.2.3").with("image.digest", digest))
                .container()
                .get("image"))
        .isEqualTo("registry.example/weir@" + digest);
  }

  @Test
  void shouldRunTheMonitorWithItsHeapWhenDefaultsAreKept() {
    Rendered rendered = chart.render(required);

    assertThat(rendered.container())
        .containsEntry("args", List.of("run", "--config", "/etc/weir/weir.properties"));
    assertThat(rendered.mount("config")).containsEntry("mountPath", "/etc/weir");
    assertThat(rendered.env("JAVA_TOOL_OPTIONS"))
        .containsEntry("value", "-Xms1024m -Xmx1024m -XX:+ExitOnOutOfMemoryError");
  }

  @Test
  void shouldMountOnlyTheChanceKeyWhenItsSecretHoldsMore() {
    Rendered rendered = chart.render(Values.ci("policy-inline"));

    assertThat(rendered.volume("chance").get("secret"))
        .isEqualTo(
            Map.of(
                "secretName",
                "weir-chance",
                "defaultMode",
                0440,
                "items",
                List.of(Map.of("key", "key", "path", "chance.key"))));
  }

  @Test
  void shouldMountKafkaSecretsWhereReferencesExpectThemWhenGiven() {
    Rendered rendered = chart.render(Values.ci("production"));

    assertThat(Yaml.child(rendered.volume("secrets"), "secret"))
        .containsEntry("secretName", "weir-kafka");
    assertThat(rendered.mount("secrets"))
        .containsEntry("mountPath", "/etc/weir/secrets")
        .containsEntry("readOnly", true);
  }

  @Test
  void shouldLeaveIdsToThePlatformWhenTheyAreNull() {
    assertThat(Yaml.child(chart.render(Values.ci("policy-inline")).pod(), "securityContext"))
        .doesNotContainKeys("runAsUser", "runAsGroup", "fsGroup");
  }

  @Test
  void shouldScrapeTheServiceWhenAServiceMonitorIsAskedFor() {
    Rendered rendered = chart.render(Values.ci("production"));

    assertThat(Yaml.child(Yaml.child(rendered.only("ServiceMonitor"), "metadata"), "labels"))
        .containsEntry("release", "prometheus");
    assertThat(Yaml.children(rendered.spec("ServiceMonitor"), "endpoints"))
        .singleElement()
        .satisfies(
            endpoint ->
                assertThat(endpoint)
                    .containsEntry("port", "http")
                    .containsEntry("path", "/metrics"));
    assertThat(Yaml.children(rendered.spec("Service"), "ports").get(0))
        .containsEntry("name", "http");
  }

  @Test
  void shouldUseEveryEscapeHatchWhenSet() {
    Rendered rendered = chart.render(Values.ci("production"));

    assertThat(rendered.env("MALLOC_ARENA_MAX")).containsEntry("value", "2");
    assertThat(rendered.volume("heap-dumps")).containsKey("emptyDir");
    assertThat(rendered.mount("heap-dumps")).containsEntry("mountPath", "/var/lib/weir-dumps");
    assertThat(Yaml.child(rendered.podMetadata(), "annotations"))
        .containsEntry("example/owner", "safety");
    assertThat(rendered.pod()).containsKeys("nodeSelector", "affinity", "tolerations");
  }
}
