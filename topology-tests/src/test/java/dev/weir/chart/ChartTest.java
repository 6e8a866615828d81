/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.LintResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of the chart under every set of values. */
@RequiresHelm
class ChartTest {
  private static final String VALUE_SETS = "dev.weir.chart.Values#all";

  private final Chart chart = Chart.underTest();

  @Test
  void shouldPassStrictLintWhenNothingIsSet() {
    assertThat(chart.lint()).returns(false, LintResult::isFailed);
  }

  @ParameterizedTest
  @MethodSource(VALUE_SETS)
  void shouldPassStrictLintWhenConfigured(Values values, @TempDir Path temp) {
    LintResult lint = chart.copyWith(values, temp).lint();

    assertThat(lint.isFailed()).describedAs("%s", lint.getMessages()).isFalse();
  }

  @ParameterizedTest
  @MethodSource(VALUE_SETS)
  void shouldRenderWhatKubernetesAcceptsWhenConfigured(Values values) {
    Rendered rendered = chart.render(values);

    assertThat(rendered.documents()).hasSizeGreaterThanOrEqualTo(3);
    rendered.documents().forEach(KubernetesModel::check);
  }

  @Test
  void shouldRefuseADocumentWhenAFieldIsUnknown() {
    Rendered rendered = chart.render(Values.required());
    Map<String, Object> container = rendered.container();
    container.put("portz", container.remove("ports"));

    assertThatThrownBy(() -> KubernetesModel.check(rendered.only("StatefulSet")))
        .hasMessageContaining("portz");
  }

  @Test
  void shouldRenderOneOfEachKindWhenDefaultsAreKept() {
    assertThat(chart.render(Values.required()).kinds())
        .containsExactlyInAnyOrder(
            "ConfigMap", "PodDisruptionBudget", "Service", "ServiceAccount", "StatefulSet");
  }

  @ParameterizedTest
  @MethodSource(VALUE_SETS)
  void shouldSelectItsPodsWhenConfigured(Values values) {
    Rendered rendered = chart.render(values);
    Map<String, Object> podLabels = Yaml.child(rendered.podMetadata(), "labels");
    Map<String, Object> selector = matchLabels(rendered.spec("StatefulSet"));

    assertThat(selector).containsOnlyKeys("app.kubernetes.io/name", "app.kubernetes.io/instance");
    assertThat(podLabels).containsAllEntriesOf(selector);
    assertThat(rendered.spec("Service").get("selector")).isEqualTo(selector);
    for (String kind : List.of("PodDisruptionBudget", "ServiceMonitor")) {
      if (rendered.kinds().contains(kind)) {
        assertThat(matchLabels(rendered.spec(kind))).isEqualTo(selector);
      }
    }
    for (Map<String, Object> spread : Yaml.children(rendered.pod(), "topologySpreadConstraints")) {
      assertThat(matchLabels(spread, "labelSelector")).isEqualTo(selector);
    }
  }

  @ParameterizedTest
  @MethodSource(VALUE_SETS)
  void shouldMountEachVolumeOnceWhenConfigured(Values values) {
    Rendered rendered = chart.render(values);
    Stream<String> claims =
        Yaml.children(rendered.spec("StatefulSet"), "volumeClaimTemplates").stream()
            .map(claim -> (String) Yaml.child(claim, "metadata").get("name"));
    List<String> volumes =
        Stream.concat(names(Yaml.children(rendered.pod(), "volumes")), claims).toList();
    List<Map<String, Object>> mounts = Yaml.children(rendered.container(), "volumeMounts");

    assertThat(names(mounts)).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(volumes);
    assertThat(mounts).extracting(mount -> mount.get("mountPath")).doesNotHaveDuplicates();
    assertThat(names(Yaml.children(rendered.container(), "env"))).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource(VALUE_SETS)
  void shouldReferToItsOwnObjectsWhenConfigured(Values values) {
    Rendered rendered = chart.render(values);

    assertThat(rendered.spec("StatefulSet").get("serviceName"))
        .isEqualTo(name(rendered.only("Service")));
    assertThat(Yaml.child(rendered.volume("config"), "configMap").get("name"))
        .isEqualTo(name(rendered.only("ConfigMap")));
    if (rendered.kinds().contains("ServiceAccount")) {
      assertThat(rendered.pod().get("serviceAccountName"))
          .isEqualTo(name(rendered.only("ServiceAccount")));
    }
  }

  @ParameterizedTest
  @MethodSource(VALUE_SETS)
  void shouldKeepImmutableFieldsWhenTheVersionChanges(Values values, @TempDir Path temp) {
    Chart next = chart.copyTo(temp);
    next.write(
        "Chart.yaml",
        next.read("Chart.yaml")
            .replaceFirst("(?m)^version: .*", "version: 9.9.9")
            .replaceFirst("(?m)^appVersion: .*", "appVersion: \"9.9.9\""));

    assertThat(immutable(next.render(values))).isEqualTo(immutable(chart.render(values)));
  }

  @ParameterizedTest
  @MethodSource(VALUE_SETS)
  void shouldMeetTheRestrictedProfileWhenConfigured(Values values) {
    Rendered rendered = chart.render(values);
    Map<String, Object> pod = Yaml.child(rendered.pod(), "securityContext");

    assertThat(pod)
        .containsEntry("runAsNonRoot", true)
        .containsEntry("fsGroupChangePolicy", "OnRootMismatch")
        .containsEntry("seccompProfile", Map.of("type", "RuntimeDefault"));
    assertThat(Yaml.child(rendered.container(), "securityContext"))
        .containsEntry("allowPrivilegeEscalation", false)
        .containsEntry("readOnlyRootFilesystem", true)
        .containsEntry("capabilities", Map.of("drop", List.of("ALL")));
    assertThat(rendered.pod()).containsEntry("automountServiceAccountToken", false);
    assertThat(rendered.mount("tmp")).containsEntry("mountPath", "/tmp");
    assertThat(Yaml.child(rendered.volume("tmp"), "emptyDir")).containsKey("sizeLimit");
  }

  @ParameterizedTest
  @MethodSource(VALUE_SETS)
  void shouldProbeTheNamedPortWhenConfigured(Values values) {
    Rendered rendered = chart.render(values);
    Map<String, Object> container = rendered.container();

    assertThat(probe(container, "startupProbe"))
        .isEqualTo(Map.of("path", "/livez", "port", "http"));
    assertThat(probe(container, "livenessProbe"))
        .isEqualTo(Map.of("path", "/livez", "port", "http"));
    assertThat(probe(container, "readinessProbe"))
        .isEqualTo(Map.of("path", "/readyz", "port", "http"));
    assertThat(Yaml.children(container, "ports").get(0))
        .containsEntry("name", "http")
        .extractingByKey("containerPort")
        .hasToString(rendered.properties().get("http.port"));
  }

  private static Map<String, Object> immutable(Rendered rendered) {
    Map<String, Object> fields = new LinkedHashMap<>(rendered.spec("StatefulSet"));
    fields
        .keySet()
        .retainAll(
            List.of("serviceName", "selector", "podManagementPolicy", "volumeClaimTemplates"));
    return fields;
  }

  private static Map<String, Object> matchLabels(Map<String, Object> spec) {
    return matchLabels(spec, "selector");
  }

  private static Map<String, Object> matchLabels(Map<String, Object> spec, String selector) {
    return Yaml.child(Yaml.child(spec, selector), "matchLabels");
  }

  private static Object probe(Map<String, Object> container, String probe) {
    return Yaml.child(container, probe).get("httpGet");
  }

  private static Stream<String> names(List<Map<String, Object>> list) {
    return list.stream().map(element -> (String) element.get("name"));
  }

  private static Object name(Map<String, Object> document) {
    return Yaml.child(document, "metadata").get("name");
  }
}
