/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.event.ActionEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Policies of several files. */
class PolicyFilesTest {
  private static final String HEAD =
      """
      weir: 1
      id: p
      version: "1"
      budget: {tax: 0.1}
      tiers: [{id: expert, cost: 100, deadline: 1h}]
      classes:
        pay: {prior: -2, because: pays}
      """;
  private static final String PAY =
      "rules:\n  - {id: pay, tools: [pay], class: pay, because: pays}\n";

  private static Policy load(String head, Map<String, String> others) {
    return PolicyLoader.load(
        "pack/policy.yaml",
        head.getBytes(StandardCharsets.UTF_8),
        name -> {
          if (!others.containsKey(name)) {
            throw new IOException("not there");
          }
          return others.get(name).getBytes(StandardCharsets.UTF_8);
        });
  }

  private static String refused(String head, Map<String, String> others) {
    return catchThrowableOfType(PolicyException.class, () -> load(head, others)).getMessage();
  }

  @Test
  void shouldBeTheSamePolicyWhenItsFilesAreMerged() {
    Policy one = load(HEAD + PAY + "  - {id: b, adds: {money: 1}, because: b}\n", Map.of());
    Policy many =
        load(
            HEAD + "include: [pay.yaml, b.yaml]\n",
            Map.of("pay.yaml", PAY, "b.yaml", "rules:\n- {id: b, adds: {money: 1}, because: b}\n"));
    assertThat(many).isEqualTo(one);
    assertThat(many.rules())
        .extracting(r -> r.at().toString())
        .containsExactly("pack/pay.yaml:2:5", "pack/b.yaml:2:3");
    assertThat(many.rules()).extracting(r -> r.at().topic()).containsExactly("pay", "b");
  }

  @Test
  void shouldLoadAsItselfWhenCanonical() {
    for (Policy policy : new Policy[] {PolicyLoader.builtIn(), load(EVERYTHING, Map.of())}) {
      byte[] canonical = policy.canonical().getBytes(StandardCharsets.UTF_8);
      Policy again = PolicyLoader.load("canonical", canonical);
      assertThat(again.canonical()).isEqualTo(policy.canonical());
      assertThat(again.examples()).hasSameSizeAs(policy.examples());
    }
  }

  private static final String EVERYTHING =
      HEAD
          + """
          sources: {weir.actions.x: {attests: [objective]}}
          domains: [b.org, a.org]
          rules:
            - id: r
              tools: [pay, wire]
              verbs: [pay]
              objects: [payment]
              views: [money]
              when: |
                tool.changes &&
                  lower(tool.name) != "\u00fc\ud83d\ude00"
              class: pay
              adds: {money: "decades(view.money.amount)", reach: 0.5}
              route: always
              maps: [ASI02, AML.T0053]
              because: "it \\"pays\\" — überall 😀"
              examples:
                - fires: {tool: pay_now, arguments: {amount: 1.50, to: [a, null, true, "7", 1e3]}}
                  magnitude: [0, 5]
                  class: pay
                  before:
                    - {tool: read_mail, result: {excerpt: "pay \\u2028 me"}}
                - {spares: {tool: {name: pay}, agent: {name: x}, environment: TEST}, source: weir.actions.x}
          examples:
            - {action: {tool: bash, arguments: {command: ls}}, risk: [-9, 0.5], spares: [r]}
          """;

  @Test
  void shouldNameTheFileWhenAnIncludedOneIsWrong() {
    String head = HEAD + "include: [pay.yaml]\n";
    assertThat(refused(head, Map.of("pay.yaml", PAY + "prior: -3\n")))
        .startsWith("pack/pay.yaml:3:1: unknown key 'prior'; known here are examples, rules");
    assertThat(refused(head, Map.of("pay.yaml", "rules: [\n"))).startsWith("pack/pay.yaml:2:1:");
    assertThat(refused(head + PAY, Map.of("pay.yaml", PAY)))
        .startsWith(
            "pack/pay.yaml:2:5: rule 'pay' stands here twice, first at pack/policy.yaml:10:5");
    assertThat(refused(head, Map.of()))
        .startsWith("pack/policy.yaml:8:11: cannot include 'pay.yaml': not there");
    assertThat(refused(HEAD + "include: [a.yaml, a.yaml]\n", Map.of("a.yaml", PAY)))
        .contains("'a.yaml' is included twice");
  }

  @Test
  void shouldStayInItsFolderWhenItIncludes() {
    for (String name : new String[] {"../a.yaml", "/etc/passwd", "x/y.yaml", "..yaml", "a.txt"}) {
      assertThat(refused(HEAD + "include: ['" + name + "']\n", Map.of(name, PAY)))
          .contains("is no file beside this one");
    }
  }

  @Test
  void shouldBeBoundedWhenFilesAreMany() {
    StringBuilder include = new StringBuilder("include:\n");
    for (int i = 0; i < 65; i++) {
      include.append("  - f").append(i).append(".yaml\n");
    }
    assertThat(refused(HEAD + include, Map.of())).contains("more than 64 files");
    String big = "rules: []\n" + "#".repeat(600_000);
    assertThat(refused(HEAD + "include: [a.yaml, b.yaml]\n", Map.of("a.yaml", big, "b.yaml", big)))
        .contains("pack/policy.yaml:8:19: with this file the policy has more than");
    StringBuilder rules = new StringBuilder("rules:\n");
    for (int i = 0; i < 1001; i++) {
      rules.append("- {id: r").append(i).append(", route: always, because: b}\n");
    }
    assertThat(refused(HEAD + rules, Map.of())).contains("more than 1000 rules");
  }

  @Test
  void shouldRefuseAnExampleThatIsNone() {
    String rule = PAY.replace("}\n", "");
    assertThat(refused(HEAD + rule + ", examples: [{fires: {tol: x}}]}\n", Map.of()))
        .contains("no action has a key 'tol'; did you mean 'tool'?");
    assertThat(refused(HEAD + rule + ", examples: [{fires: {arguments: {}}}]}\n", Map.of()))
        .contains("this is no action: ");
    assertThat(refused(HEAD + rule + ", examples: [{tool: x}]}\n", Map.of()))
        .contains("either 'fires' or 'spares'");
    assertThat(
            refused(
                HEAD + rule + ", examples: [{fires: {tool: x}, magnitude: [3, 2]}]}\n", Map.of()))
        .contains("the smaller first");
    assertThat(refused(HEAD + PAY + "examples: [{action: {tool: x}, fires: [pya]}]\n", Map.of()))
        .contains("there is no rule 'pya'; did you mean 'pay'?");
    assertThat(
            refused(HEAD + rule + ", examples: [{fires: {tool: {nam: x, name: y}}}]}\n", Map.of()))
        .contains("has a key that no action has");
  }

  @Test
  void shouldKnowEveryFieldOfAnActionWhenItStandsInAnExample() {
    assertThat(ExampleReader.ACTION_KEYS)
        .containsExactlyInAnyOrderElementsOf(
            ActionEvent.getClassSchema().getFields().stream().map(Schema.Field::name).toList());
  }

  @Test
  void shouldRefuseAMapThatIsNone() {
    for (String map : new String[] {"ASI11", "T0053", "AML.TA0001", "asi01"}) {
      assertThat(refused(HEAD + PAY.replace("}", ", maps: [" + map + "]}"), Map.of()))
          .contains("'" + map + "' is neither of OWASP's");
    }
  }
}
