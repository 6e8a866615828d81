/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyLoaderTest {
  private static final String HEAD =
      """
      weir: 1
      id: p
      version: "1"
      budget: {tax: 0.1}
      tiers:
        - {id: expert, cost: 100, deadline: 1h}
      """;

  private static Policy load(String yaml) {
    return PolicyLoader.load("p.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static PolicyException refused(String yaml) {
    PolicyException e = catchThrowableOfType(PolicyException.class, () -> load(yaml));
    assertThat(e).as("refused").isNotNull();
    return e;
  }

  @Test
  void shouldFillDefaultsWhenKeysAreLeftOut() {
    Policy policy = load(HEAD);
    assertThat(policy.prior()).isEqualTo(-3);
    assertThat(policy.unscorable()).isEqualTo(6);
    assertThat(policy.catastrophic()).isEqualTo(7);
    assertThat(policy.tiers()).containsExactly(new Tier("expert", 100, 1, 3_600_000));
    assertThat(policy.budget()).isEqualTo(new Budget(0.1, 100_000, 1, 300_000));
    assertThat(policy.attests("weir.actions", Attestable.OBJECTIVE)).isFalse();
    assertThat(policy.lines()).isEqualTo(Lines.DEFAULT);
  }

  @Test
  void shouldSayWhereAndHowToMendItWhenALineIsNone() {
    assertThat(load(HEAD + "lines: {agent: 3}\n").lines()).isEqualTo(new Lines(4, 3, 0.00001));
    assertThat(refused(HEAD + "lines: {task: 10000, agnt: 4}\n").problems())
        .anyMatch(p -> p.contains("p.yaml:7:15: 'task' must be a number from 0.0 to 15.0"))
        .anyMatch(p -> p.contains("p.yaml:7:22: unknown key 'agnt'; did you mean 'agent'?"));
  }

  @Test
  void shouldNameLineAndColumnWhenKeyIsUnknown() {
    assertThat(refused(HEAD + "colour: red\n").problems())
        .singleElement()
        .asString()
        .startsWith("p.yaml:7:1: unknown key 'colour'; known here are ");
    assertThat(refused(HEAD + "rules:\n  - {id: r, because: b, adds: {mony: 1}}\n").problems())
        .singleElement()
        .asString()
        .startsWith("p.yaml:8:32: unknown key 'mony'; did you mean 'money'? known here are ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "issue_refund|is several words; write one of them, such as 'refund'; for this tool alone:"
            + " when: tool.name == 'issue_refund'",
        "issueRefund|is several words; write one of them, such as 'refund'; for this tool alone:"
            + " when: tool.name == 'issueRefund'",
        "Refund|is no word of a tool's name; write lower-case letters only, such as 'refund'",
        "42|is no word of a tool's name; write lower-case letters only"
      })
  void shouldSayHowToNameAToolWhenItsNameIsNoWord(String tool, String hint) {
    String rule = "rules:\n  - {id: r, because: b, adds: {money: 1}, tools: [%s]}\n";
    assertThat(refused(HEAD + rule.formatted(tool)).problems())
        .singleElement()
        .asString()
        .endsWith("'" + tool + "' " + hint);
  }

  @Test
  void shouldPointIntoTheExpressionWhenItDoesNotCompile() {
    String rule = "rules:\n  - id: r\n    because: b\n    adds: {money: 1}\n";
    assertThat(refused(HEAD + rule + "    when: tool.reads && tool.red\n").problems())
        .singleElement()
        .asString()
        .startsWith("p.yaml:11:25: in 'when': there is no variable 'tool.red', but there is '");
    assertThat(
            refused(HEAD + rule + "    when: |\n      tool.reads &&\n      tool.red\n").problems())
        .singleElement()
        .asString()
        .startsWith("p.yaml:13:7: in 'when': there is no variable 'tool.red'");
    assertThat(refused(HEAD + rule + "    when: tool.name\n").getMessage())
        .contains(
            "p.yaml:11:11: in 'when': expression gives string; write one that gives a boolean");
  }

  @Test
  void shouldReportManyProblemsAtOnceButNoMoreThanTwenty() {
    PolicyException e = refused("weir: 2\nid: UP\nprior: low\n");
    assertThat(e.problems()).hasSize(6);
    StringBuilder many = new StringBuilder(HEAD);
    for (int i = 0; i < 50; i++) {
      many.append("x").append(i).append(": 1\n");
    }
    assertThat(refused(many.toString()).problems()).hasSize(20);
  }

  @Test
  void shouldRefuseHostileYaml() {
    assertThat(refused(HEAD + "id: q\n").getMessage())
        .contains("p.yaml:7:1: key 'id' stands here twice");
    assertThat(refused(HEAD + "domains: &a [x]\n").getMessage()).contains("anchors and aliases");
    assertThat(refused(HEAD + "---\nweir: 1\n").getMessage()).contains("p.yaml:");
    assertThat(refused("a: ".repeat(3) + "[".repeat(60)).getMessage()).startsWith("p.yaml:");
    assertThat(refused("").getMessage()).contains("the document is empty");
    assertThat(refused("- 1").getMessage()).contains("p.yaml:1:1: a mapping is needed here");
    assertThatThrownBy(() -> PolicyLoader.load("p.yaml", new byte[] {(byte) 0xC3, 0x28}))
        .hasMessageContaining("not valid UTF-8");
    assertThatThrownBy(() -> PolicyLoader.load("p.yaml", new byte[YamlFile.MAX_BYTES + 1]))
        .hasMessageContaining("shorten it");
  }

  @Test
  void shouldRefuseWhatDoesNotFitTogether() {
    assertThat(refused(HEAD + "rules:\n  - {id: r, because: b, class: c}\n").getMessage())
        .contains("there is no class 'c'");
    assertThat(refused(HEAD + "rules:\n  - {id: r, because: b}\n").getMessage())
        .contains("does nothing");
    assertThat(refused(HEAD.replace("1h", "soon")).getMessage())
        .contains("p.yaml:6:39: 'deadline'");
    assertThat(refused(HEAD.replace("0.1", "NaN")).getMessage()).contains("'tax' must be a number");
    String greedy =
        "when: agent.id + agent.name + agent.model + agent.version + agent.principal == ''";
    assertThat(
            refused(HEAD + "rules:\n  - id: r\n    because: b\n    adds: {money: 1}\n    " + greedy)
                .getMessage())
        .contains("split it");
  }

  @Test
  void shouldReadWhatATierCanDoAndWhoReviewsThere() {
    String keys = "100, capacity: 2.5, quorum: 3, independence: provider,";
    Policy policy = load(HEAD.replace("100,", keys));

    assertThat(policy.tiers())
        .containsExactly(
            new Tier("expert", 100, 1, 3_600_000, 2.5, new Tier.Panel(3, Independence.PROVIDER)));
    assertThat(load(policy.canonical()).tiers()).isEqualTo(policy.tiers());
    assertThat(policy.digestHex()).isNotEqualTo(load(HEAD).digestHex());
    assertThat(policy.at(policy.tier("expert"))).isEqualTo(new Place("p.yaml", 6, 5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "capacity: 0|'capacity' must be a number above 0.0 to 1.0E9; correct it",
        "capacity: many|'capacity' must be a number above 0.0 to 1.0E9; correct it",
        "quorum: 0|'quorum' must be a number from 1.0 to 15.0; correct it",
        "quorum: 16|'quorum' must be a number from 1.0 to 15.0; correct it",
        "quorum: 1.5|'quorum' counts reviewers; write a whole number",
        "independence: [model]|'independence' must be a plain value; correct it",
        "independence: model_family|unknown value 'model_family'; known here are none, agent,"
            + " model, provider",
        "capasity: 1|unknown key 'capasity'; did you mean 'capacity'? known here are assurance,"
            + " capacity, cost, deadline, id, independence, quorum"
      })
  void shouldSayWhatIsWrongWithATier(String key, String problem) {
    assertThat(refused(HEAD.replace("deadline: 1h", "deadline: 1h, " + key)).problems())
        .first()
        .asString()
        .startsWith("p.yaml:6:")
        .endsWith(": " + problem);
  }

  @Test
  void shouldReadFromWhichMagnitudeAnActionMustBeProposed() {
    Policy policy = load(HEAD + "\nmust_propose: 5\n");

    assertThat(policy.mustPropose()).isEqualTo(5);
    assertThat(load(policy.canonical()).mustPropose()).isEqualTo(5);
    assertThat(load(HEAD).mustPropose()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(load(HEAD).canonical()).doesNotContain("must_propose");
  }

  @Test
  void shouldReadCeilings() {
    String some =
        "0.1, ceilings: {route: 0.5, id_conflict: 0.25, bypass: 0.125, retry: 0.0625,"
            + " requested: 0.03125, requester: 0.015625}}";
    Policy policy = load(HEAD.replace("0.1}", some));

    assertThat(policy.budget().ceilings())
        .isEqualTo(
            new Ceilings(
                0.5, Ceilings.DEFAULT.catastrophic(), 0.25, 0.125, 0.0625, 0.03125, 0.015625));
    assertThat(load(policy.canonical()).budget()).isEqualTo(policy.budget());
    assertThat(load(HEAD).budget().ceilings()).isEqualTo(Ceilings.DEFAULT);
    assertThat(load(HEAD).canonical()).as("an earlier digest").doesNotContain("request");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{route: 0}|'route' must be a number above 0.0 to 1.0; correct it",
        "{catastrophic: 2}|'catastrophic' must be a number above 0.0 to 1.0; correct it",
        "{id_conflict: -1}|'id_conflict' must be a number above 0.0 to 1.0; correct it",
        "{audit: 1}|unknown key 'audit'; known here are bypass, catastrophic, id_conflict, requested, requester, retry, route",
        "0.1|a mapping is needed here; write key: value lines"
      })
  void shouldSayWhatIsWrongWithCeilings(String ceilings, String problem) {
    assertThat(refused(HEAD.replace("0.1}", "0.1, ceilings: " + ceilings + "}")).problems())
        .singleElement()
        .asString()
        .startsWith("p.yaml:4:")
        .endsWith(": " + problem);
  }

  @Test
  void shouldRefuseAMapWhenAChainOfThemWouldFillMemory() {
    String chain = "tool.words" + ".map(x, x + x)".repeat(30) + ".size() > 0";
    assertThat(
            refused(
                    HEAD
                        + "rules:\n  - {id: r, because: b, adds: {money: 1}, when: '"
                        + chain
                        + "'}\n")
                .problems())
        .isNotEmpty()
        .allMatch(problem -> problem.contains("in 'when': "));
  }

  @Test
  void shouldKeepTheDigestWhenOnlyFormChanges() {
    Policy plain = load(HEAD + "domains: [a.org, b.org]\n");
    Policy other =
        load(
            "# a comment\n"
                + "domains:\n  - b.org\n  - 'a.org'\n"
                + HEAD.replace("1h", "PT60M")
                + "prior: -3.0\n");
    assertThat(other.digest()).isEqualTo(plain.digest());
    assertThat(other.canonical()).isEqualTo(plain.canonical());
    assertThat(plain.digestHex()).hasSize(64);
    assertThat(load(HEAD + "domains: [a.org]\n")).isNotEqualTo(plain);
  }

  @Test
  void shouldHaveAnotherDigestWithAnotherTax() {
    Policy policy = load(HEAD);
    assertThat(policy.withTax(0.2).digestHex()).isNotEqualTo(policy.digestHex());
    assertThat(policy.withTax(0.2).budget().tax()).isEqualTo(0.2);
    assertThat(policy.withTax(0.1)).isEqualTo(policy);
    assertThatThrownBy(() -> policy.withTax(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldReadWhatSourcesMayAttest() {
    Policy policy = load(HEAD + "sources: {weir.actions.mcp: {attests: [objective, cost]}}\n");
    assertThat(policy.attests("weir.actions.mcp", Attestable.COST)).isTrue();
    assertThat(policy.attests("weir.actions.mcp", Attestable.AGENT)).isFalse();
    assertThat(refused(HEAD + "sources: {t: {attests: [truth]}}\n").getMessage())
        .contains("unknown value 'truth'; known here are agent, objective");
  }

  @Test
  void shouldLoadTheBuiltInPolicy() {
    assertThat(PolicyLoader.builtIn().rules()).hasSizeGreaterThan(150);
    assertThat(PolicyLoader.builtIn().rules())
        .filteredOn(Rule::route)
        .isNotEmpty()
        .allMatch(rule -> rule.ceiling().orElseThrow() <= 0.001);
  }
}
