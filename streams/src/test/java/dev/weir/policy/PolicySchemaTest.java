/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.weir.event.Dimension;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The schema by which editors complete policies says what the loader says. */
class PolicySchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(new String(PolicyLoader.schema(), StandardCharsets.UTF_8));
  private static final String HEAD =
      "weir: 1\nid: p\nversion: '1'\nbudget: {tax: 0.1}\n"
          + "tiers: [{id: expert, cost: 100, deadline: 1h}]\n";

  private static boolean accepts(String yaml) {
    Object value = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    return SCHEMA.validate(JSON.valueToTree(value)).isEmpty();
  }

  private static boolean loads(String yaml) {
    try {
      PolicyLoader.load("p", yaml.getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (PolicyException e) {
      return false;
    }
  }

  static Stream<String> files() throws IOException {
    List<String> names = new ArrayList<>(List.of("policy.yaml"));
    Object head = new Yaml(new SafeConstructor(new LoaderOptions())).load(file("policy.yaml"));
    JSON.valueToTree(head).get("include").forEach(name -> names.add(((JsonNode) name).asText()));
    return names.stream();
  }

  private static String file(String name) throws IOException {
    try (InputStream in = PolicyLoader.class.getResourceAsStream("default/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void shouldAcceptEveryFileOfTheBuiltInPolicy(String name) throws IOException {
    assertThat(accepts(file(name))).isTrue();
  }

  @Test
  void shouldAcceptTheCanonicalForm() throws IOException {
    assertThat(SCHEMA.validate(JSON.readTree(PolicyLoader.builtIn().canonical()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "environments: {TEST: -1.5}\nservers: [pinned]\nlimits: {rule_share: 0.3}\n",
        "classes: {pay: {prior: -2, reserved: true, because: pays}}\n",
        "audit: {}\n",
        "audit: {least: 0.0002, bands: [{from: -1, least: 0.001}, {from: 2, least: 1}],"
            + " screen: expert, confirm: expert, negatives: 0.1, cap: 1000, level: 0.9,"
            + " groups: {ops: [ops-, sre-]}}\n",
        "sources: {weir.actions.x: {attests: [phase, agent]}}\n",
        "rules:\n- {id: r, verbs: [pay], objects: [payment], maps: [ASI02, AML.T0053.001],"
            + " route: {always: true, ceiling: 0.001}, because: b}\n",
        "rules:\n- {id: r, adds: {money: 'decades(view.money.amount)', reach: 0.5}, because: b,"
            + " examples: [{fires: {tool: x, arguments: {a: [1]}}, magnitude: [1, 2],"
            + " before: [{tool: y, result: {excerpt: z}}]}]}\n",
        "examples: [{action: {tool: {name: x}}, risk: [-3, 0]}]\n"
      })
  void shouldAcceptWhatTheLoaderAccepts(String rest) {
    assertThat(loads(HEAD + rest)).isTrue();
    assertThat(accepts(HEAD + rest)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "colour: red\n",
        "environments: {PRODUCTION: -1}\n",
        "environments: {TEST: 1}\n",
        "limits: {rule_shares: 0.3}\n",
        "classes: {pay: {prior: -2}}\n",
        "audit: {least: 0}\n",
        "audit: {lest: 0.1}\n",
        "audit: {bands: [{from: 1}]}\n",
        "audit: {groups: {other: [x]}}\n",
        "audit: {level: 1}\n",
        "sources: {t: {attests: [truth]}}\n",
        "rules: [{id: r, because: b}]\n",
        "rules: [{id: R, route: always, because: b}]\n",
        "rules: [{id: r, adds: {mony: 1}, because: b}]\n",
        "rules: [{id: r, adds: {money: 100}, because: b}]\n",
        "rules: [{id: r, route: sometimes, because: b}]\n",
        "rules: [{id: r, route: {always: true, ceiling: 2}, because: b}]\n",
        "rules: [{id: r, route: always, maps: [ASI11], because: b}]\n",
        "rules: [{id: r, route: always, views: [shel], because: b}]\n",
        "rules: [{id: r, route: always, because: b, examples: [{tool: x}]}]\n",
        "rules: [{id: r, route: always, because: b, examples: [{fires: {tol: x}}]}]\n",
        "rules: [{id: r, route: always, because: b, examples: [{fires: {tool: x}, magnitude: 3}]}]\n",
        "include: [../x.yaml]\n",
        "scorers: [{id: counting, dimension: money}]\n"
      })
  void shouldRefuseTypicalMistakesAsTheLoaderDoes(String rest) {
    assertThat(loads(HEAD + rest)).isFalse();
    assertThat(accepts(HEAD + rest)).isFalse();
  }

  @Test
  void shouldKnowEveryDimensionViewAndAttestableThatTheLanguageHas() throws IOException {
    JsonNode defs = JSON.readTree(PolicyLoader.schema()).get("$defs");
    assertThat(defs.at("/adds/properties").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(DocumentReader.lossAndEvidence());
    assertThat(texts(defs.at("/rule/properties/views/items/enum")))
        .containsExactlyInAnyOrderElementsOf(lower(View.values()));
    assertThat(
            texts(
                defs.at(
                    "/policy/properties/sources/additionalProperties/properties/attests/items/enum")))
        .containsExactlyInAnyOrderElementsOf(lower(Attestable.values()));
    assertThat(DocumentReader.lossAndEvidence()).hasSize(Dimension.values().length - 3);
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  private static List<String> lower(Enum<?>[] values) {
    return Stream.of(values).map(v -> v.name().toLowerCase(Locale.ROOT)).toList();
  }
}
