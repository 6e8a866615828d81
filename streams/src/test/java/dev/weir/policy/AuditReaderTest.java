/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.policy.AuditSettings.Band;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditReaderTest {
  private static final String HEAD =
      """
      weir: 1
      id: p
      version: "1"
      budget: {tax: 0.1}
      tiers: [{id: expert, cost: 100, deadline: 1h}, {id: look, cost: 5, assurance: 0.1, deadline: 1h}]
      classes: {pay: {prior: -2, because: pays}}
      """;

  private static Policy load(String yaml) {
    return PolicyLoader.load("p", (HEAD + yaml).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void shouldAuditNothingWhenThePolicyDoesNotSayHow() {
    assertThat(load("").audit()).isEmpty();
  }

  @Test
  void shouldAskTheCheapestFirstAndTheSurestToConfirmWhenNotTold() {
    assertThat(load("audit: {}\n").audit())
        .contains(
            new AuditSettings(
                0.0001, Map.of(), List.of(), "look", "expert", 0.05, 0.05, 1e6, 0.95, Map.of()));
  }

  @Test
  void shouldReadAllThatIsToldAndWriteItInCanonicalForm() {
    Policy policy =
        load(
            "audit: {least: 0.0005, classes: {pay: 0.2}, bands: [{from: -1, least: 0.01}],"
                + " screen: expert, confirm: look, negatives: 0.5, denials: 0.25, cap: 10, level: 0.9,"
                + " groups: {ops: [sre-, ops-]}}\n");
    AuditSettings audit = policy.audit().orElseThrow();

    assertThat(audit)
        .isEqualTo(
            new AuditSettings(
                0.0005,
                Map.of("pay", 0.2),
                List.of(new Band(-1, 0.01)),
                "expert",
                "look",
                0.5,
                0.25,
                10,
                0.9,
                Map.of("ops", Set.of("ops-", "sre-"))));
    Policy again = PolicyLoader.load("c", policy.canonical().getBytes(StandardCharsets.UTF_8));
    assertThat(again.audit()).contains(audit);
    assertThat(again.digestHex()).isEqualTo(policy.digestHex()).isNotEqualTo(load("").digestHex());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "least: 0.5 | audits alone cost 5.00 an action and the budget is 0.100; lower 'least'",
        "least: 2 | 'least' must be a number above 0.0 to 1.0",
        "screen: expt | no tier 'expt'; there are expert, look",
        "classes: {pay: 0} | 'pay' must be a number above 0.0 to 1.0",
        "classes: {buy: 0.1} | no class 'buy'",
        "bands: [{from: 1, least: 0.1}, {from: 1, least: 0.2}] | write them rising",
        "bands: [{from: 1}] | 'least' is missing",
        "bands: [{from: 13, least: 0.1}] | 'from' must be a number from -8.0 to 12.0",
        "bands: {from: 1, least: 0.1} | 'bands' must be a list",
        "groups: {Ops: [a]} | a group is named",
        "groups: {other: [a]} | a group is named",
        "cap: 0 | 'cap' must be a number above 0.0 to 1.0E12",
        "level: 1 | 'level' must be a number from 0.5 to 0.9999",
        "leest: 0.1 | unknown key 'leest'; did you mean 'least'?",
        "negatives: 0 | 'negatives' must be a number above 0.0 to 1.0"
      })
  void shouldSayWhatIsWrongAndWhere(String audit, String problem) {
    PolicyException e =
        catchThrowableOfType(PolicyException.class, () -> load("audit: {" + audit + "}\n"));
    assertThat(e).isNotNull();
    assertThat(e.problems()).singleElement().asString().startsWith("p:7:").contains(problem);
  }

  @Test
  void shouldRefuseMoreBandsAndGroupsThanAreKept() {
    String bands = list(AuditSettings.MAX_BANDS + 1, "{from: %d, least: 0.1}");
    String groups = list(32, "g%d: [a]");

    assertThatThrownBy(() -> load("audit: {least: 0.001, bands: [" + bands + "]}\n"))
        .hasMessage("p:7:%d: more than 7 bands; merge some", 30 + bands.lastIndexOf('{') + 1);
    assertThatThrownBy(() -> load("audit: {least: 0.001, groups: {" + groups + "}}\n"))
        .hasMessage("p:7:31: more than 31 groups of agents; merge some");
  }

  private static String list(int count, String item) {
    return IntStream.range(0, count).mapToObj(item::formatted).collect(Collectors.joining(", "));
  }
}
