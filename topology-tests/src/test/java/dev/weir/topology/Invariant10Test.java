/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.Assessment;
import dev.weir.policy.PolicyLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * A value that its source may not attest can raise a score and never lower it: for no such value is
 * the score lower than with the field left out.
 */
class Invariant10Test {
  private static final List<String> OBJECTIVES =
      List.of("Pay the invoice of 4,000 EUR", "Deploy the service and delete the old one", "read");

  /** Claims of a task that its source may not make, by field: some true, some flattering. */
  private static void claim(ObjectNode action, String field, SplittableRandom random) {
    ObjectNode agent = (ObjectNode) action.get("agent");
    ObjectNode tool = (ObjectNode) action.get("tool");
    switch (field) {
      case "objective" -> action.put(field, OBJECTIVES.get(random.nextInt(OBJECTIVES.size())));
      case "environment" -> action.put(field, random.nextBoolean() ? "TEST" : "DEVELOPMENT");
      case "trust" -> action.put(field, "TRUSTED");
      case "cost" -> action.put(field, random.nextBoolean() ? 0 : 1e9);
      case "attributes" -> action.putObject(field).put("approved", "true").put("risk", "none");
      case "annotations" ->
          tool.putObject(field)
              .put("read_only_hint", true)
              .put("destructive_hint", false)
              .put("idempotent_hint", true)
              .put("open_world_hint", false);
      case "server" -> tool.put(field, "sandbox");
      case "type" -> tool.put(field, "datastore");
      case "requested_tier" -> action.put(field, "none");
      case "language" -> action.put(field, "en");
      case "principal_group" -> action.put(field, "staff");
      default -> agent.put(field, "root");
    }
  }

  private static final List<String> FIELDS =
      List.of(
          "objective",
          "environment",
          "trust",
          "cost",
          "attributes",
          "annotations",
          "server",
          "type",
          "requested_tier",
          "language",
          "principal_group",
          "name",
          "model",
          "provider",
          "version",
          "principal");

  @Property(tries = 8, shrinking = ShrinkingMode.OFF)
  void shouldScoreNoLowerWhenAFieldThatItsSourceMayNotAttestIsThere(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> claims = new ArrayList<>(FIELDS);
    claims.removeIf(field -> random.nextInt(3) > 0);

    Map<String, Assessment> without = scores(seed, List.of());
    Map<String, Assessment> with = scores(seed, claims);

    assertThat(with).hasSameSizeAs(without);
    with.forEach(
        (eventId, claimed) -> {
          Assessment plain = without.get(eventId);
          assertThat(claimed.getScore().getRisk())
              .as("risk of %s of %s, claiming %s", eventId, claimed.getTool(), claims)
              .isGreaterThanOrEqualTo(plain.getScore().getRisk());
          assertThat(claimed.getScore().getMagnitude())
              .isGreaterThanOrEqualTo(plain.getScore().getMagnitude());
          assertThat(claimed.getDecision().getBaseCost())
              .isEqualTo(plain.getDecision().getBaseCost());
        });
  }

  private static Map<String, Assessment> scores(long seed, List<String> claims) {
    Map<String, Assessment> scores = new TreeMap<>();
    SplittableRandom random = new SplittableRandom(seed);
    try (Flume flume = Flume.open(PolicyLoader.builtIn())) {
      for (var log : Fleets.logs(Fleets.harmful(seed, 12)).values()) {
        for (var record : log) {
          ObjectNode action = Fleets.parse(record.value());
          strip(action);
          claims.forEach(field -> claim(action, field, random));
          flume.send(Fleets.bytes(action), record.receivedAt());
        }
      }
      flume.assessments().forEach(a -> scores.put(a.getEventId(), a));
      flume.skip(
          flume.topics().taskRisk(),
          flume.topics().escalations(),
          flume.topics().waiting(),
          flume.topics().dispositions());
      flume.skipFleet();
    }
    return scores;
  }

  /** Leaves out all that may be left out and is not part of the call itself. */
  private static void strip(ObjectNode action) {
    action.remove(List.of("objective", "environment", "trust", "cost", "attributes"));
    ((ObjectNode) action.get("tool")).remove(List.of("annotations", "server", "type"));
    ((ObjectNode) action.get("agent"))
        .remove(List.of("name", "model", "provider", "version", "principal"));
  }
}
