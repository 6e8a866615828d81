/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.chart;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Kubernetes' own models: they refuse a field that they do not know and miss one that is required,
 * at any depth. A kind without a model is refused.
 */
final class KubernetesModel {
  private interface Check {
    void check(JsonElement document) throws IOException;
  }

  private static final Map<String, Check> CHECKS =
      Map.of(
          "v1/ConfigMap", V1ConfigMap::validateJsonElement,
          "v1/Service", V1Service::validateJsonElement,
          "v1/ServiceAccount", V1ServiceAccount::validateJsonElement,
          "apps/v1/StatefulSet", V1StatefulSet::validateJsonElement,
          "policy/v1/PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
          "monitoring.coreos.com/v1/ServiceMonitor", KubernetesModel::checkServiceMonitor);

  private KubernetesModel() {}

  /**
   * @throws IllegalArgumentException naming the field
   */
  static void check(Map<String, Object> document) {
    String kind = document.get("apiVersion") + "/" + document.get("kind");
    Check check = CHECKS.get(kind);
    if (check == null) {
      throw new IllegalArgumentException("no model of " + kind);
    }
    try {
      check.check(new Gson().toJsonTree(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A custom resource: as much of its definition as the chart uses. */
  private static void checkServiceMonitor(JsonElement document) {
    Map<String, Object> monitor = Yaml.map(document.toString());
    fields(monitor, Set.of("apiVersion", "kind", "metadata", "spec"));
    Map<String, Object> spec = Yaml.child(monitor, "spec");
    fields(spec, Set.of("selector", "namespaceSelector", "endpoints"));
    List<Map<String, Object>> endpoints = Yaml.children(spec, "endpoints");
    if (endpoints.isEmpty() || Yaml.child(spec, "selector").isEmpty()) {
      throw new IllegalArgumentException("a ServiceMonitor needs a selector and an endpoint");
    }
    for (Map<String, Object> endpoint : endpoints) {
      fields(
          endpoint,
          Set.of("port", "path", "interval", "scrapeTimeout", "relabelings", "metricRelabelings"));
    }
  }

  private static void fields(Map<String, Object> map, Set<String> known) {
    if (!known.containsAll(map.keySet())) {
      throw new IllegalArgumentException(map.keySet() + " are not all among " + known);
    }
  }
}
