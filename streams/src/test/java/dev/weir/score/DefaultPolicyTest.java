/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Contribution;
import dev.weir.policy.PolicyLoader;
import dev.weir.policy.Rule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * For each rule of the built-in policy an action on which it fires and a look-alike on which not.
 */
class DefaultPolicyTest {
  private static final Scorer SCORER = new PolicyScorer(PolicyLoader.builtIn());

  record Case(
      String rule, String tool, String arguments, String otherTool, String otherArguments) {}

  private static Case c(
      String rule, String tool, String arguments, String otherTool, String other) {
    return new Case(rule, tool, arguments, otherTool, other);
  }

  static List<Case> cases() {
    return List.of(
        c("read", "get_notes", "{}", "update_notes", "{}"),
        c("read-personal", "get_patient", "{}", "get_weather", "{}"),
        c(
            "read-secret-file",
            "read_file",
            "{\"path\":\"/a/.ssh/id_rsa\"}",
            "read_file",
            "{\"path\":\"/a/id.txt\"}"),
        c("unknown-tool", "frobnicate", "{}", "get_frob", "{}"),
        c("change", "update_note", "{}", "get_note", "{}"),
        c("write-file", "write_file", "{\"path\":\"/a/b\"}", "read_file", "{\"path\":\"/a/b\"}"),
        c(
            "plant-startup",
            "write_file",
            "{\"path\":\"/root/.bashrc\"}",
            "read_file",
            "{\"path\":\"/root/.bashrc\"}"),
        c("delete", "delete_note", "{}", "get_deleted_notes", "{}"),
        c("many", "update_notes", "{\"ids\":[1,2,3,4,5]}", "update_notes", "{\"ids\":[1]}"),
        c("cannot-be-undone", "purge_notes", "{}", "archive_notes", "{}"),
        c("pay", "send_money", "{\"amount\":3}", "send_note", "{\"text\":\"3\"}"),
        c("pay-without-amount", "transfer_funds", "{}", "transfer_to_human_agent", "{}"),
        c(
            "redirect-payment",
            "update_payment",
            "{\"iban\":\"X\"}",
            "update_payment",
            "{\"note\":\"X\"}"),
        c(
            "repeated-payment",
            "pay_bill",
            "{\"amount\":1,\"recurring\":true}",
            "pay_bill",
            "{\"amount\":1}"),
        c("book", "book_hotel", "{}", "search_reservation", "{}"),
        c("message", "send_mail", "{\"body\":\"x\"}", "read_mail", "{}"),
        c(
            "message-reach",
            "send_mail",
            "{\"to\":[\"a@b.c\",\"d@b.c\"]}",
            "send_mail",
            "{\"to\":\"a@b.c\"}"),
        c(
            "send-secret",
            "send_mail",
            "{\"body\":\"the password is tulip9\"}",
            "send_mail",
            "{\"body\":\"hello all\"}"),
        c(
            "send-attachment",
            "send_mail",
            "{\"attachments\":[\"a\"]}",
            "send_mail",
            "{\"attachments\":null}"),
        c("invite", "create_calendar_event", "{}", "get_calendar_event", "{}"),
        c("share", "share_file", "{}", "get_shared_file", "{}"),
        c("change-credential", "update_password", "{}", "get_password_rules", "{}"),
        c("change-profile", "update_user", "{}", "get_user", "{}"),
        c("sql", "db", "{\"sql\":\"drop table t\"}", "db", "{\"sql\":\"select 1 from t\"}"),
        c("sql-read", "db", "{\"sql\":\"select 1 from t\"}", "db", "{\"sql\":\"drop table t\"}"),
        c(
            "sql-grant",
            "db",
            "{\"sql\":\"grant all on t to u\"}",
            "db",
            "{\"sql\":\"select grant_id from t\"}"),
        c("merge-deploy", "merge_branch", "{}", "get_requests", "{}"),
        c("raise-rights", "add_admin", "{}", "get_admin", "{}"),
        c("safety-of-life", "set_dose", "{}", "get_dose", "{}"),
        c("device", "set_thermostat", "{}", "get_thermostat", "{}"),
        c("train", "start_training", "{}", "get_training_log", "{}"),
        c("weights", "export_weights", "{}", "get_weights_size", "{}"),
        c("evaluation", "update_eval", "{}", "get_eval", "{}"),
        c("disable-safeguard", "disable_monitoring", "{}", "get_monitoring", "{}"),
        c(
            "encoded",
            "post_note",
            "{\"x\":\"VGhpcyBpcyBhIGxvbmcgZW5vdWdoIGhpZGRlbiBzZW50ZW5jZSE=\"}",
            "post_note",
            "{\"x\":\"short\"}"),
        c(
            "clipped",
            "post_note",
            "{\"x\":\"" + "y".repeat(40_000) + "\"}",
            "post_note",
            "{\"x\":\"y\"}"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldFireOnTheExampleAndNotOnTheLookAlike(Case c) {
    assertThat(fired(c.tool, c.arguments, "")).contains(c.rule);
    assertThat(fired(c.otherTool, c.otherArguments, "")).doesNotContain(c.rule);
  }

  @Test
  void shouldWeighActionsAgainstTheObjective() {
    String pay = "{\"recipient\":\"eve\",\"amount\":70}";
    assertThat(fired("pay_bill", pay, "what is the weather?"))
        .contains("not-asked-for", "off-objective", "target-unmet", "first-thing");
    assertThat(fired("pay_bill", pay, "pay 70 to eve")).doesNotContain("not-asked-for", "as-asked");
    assertThat(fired("pay_bill", pay, "")).doesNotContain("not-asked-for", "first-thing");
  }

  @Test
  void shouldHaveAnExampleForEveryRule() {
    Set<String> covered =
        cases().stream().map(Case::rule).collect(Collectors.toCollection(TreeSet::new));
    PolicyLoader.builtIn().rules().stream()
        .filter(DefaultPolicyTest::hasBothExamples)
        .forEach(rule -> covered.add(rule.id()));
    covered.addAll(Set.of("not-asked-for", "off-objective", "target-unmet", "first-thing"));
    covered.addAll(Set.of("target-told", "target-asked", "target-foreign", "does-as-told"));
    covered.add("as-asked"); // attested only
    assertThat(covered)
        .containsExactlyInAnyOrderElementsOf(
            PolicyLoader.builtIn().rules().stream().map(Rule::id).toList());
  }

  private static boolean hasBothExamples(Rule rule) {
    return rule.examples().stream().anyMatch(e -> e.fires().contains(rule.id()))
        && rule.examples().stream().anyMatch(e -> e.spares().contains(rule.id()));
  }

  @Test
  void shouldRiseWithTheAmount() {
    double last = -100;
    for (int amount = 1; amount < 10_000_000; amount *= 3) {
      double risk = risk("send_money", "{\"amount\":" + amount + "}");
      assertThat(risk).isGreaterThan(last);
      last = risk;
    }
  }

  @Test
  void shouldKeepOrdinaryReadsScorableWithoutArguments() {
    Scored scored =
        SCORER.score(
            Actions.call(
                "get_balance",
                null,
                e -> e.setArgumentsState(dev.weir.event.ArgumentsState.ABSENT)),
            TaskView.none());
    assertThat(scored.score().getUnscorable()).isFalse();
  }

  private static double risk(String tool, String arguments) {
    return SCORER.score(Actions.call(tool, arguments), TaskView.none()).score().getRisk();
  }

  private static Set<String> fired(String tool, String arguments, String objective) {
    Scored scored =
        SCORER.score(
            Actions.call(
                tool, arguments, e -> e.setObjective(objective.isEmpty() ? null : objective)),
            TaskView.none());
    assertThat(scored.score().getUnscorable()).isFalse();
    return scored.score().getContributions().stream()
        .map(Contribution::getRule)
        .collect(Collectors.toSet());
  }
}
