/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.ActionEvent;
import dev.weir.event.Contribution;
import dev.weir.event.Result;
import dev.weir.event.Tool;
import dev.weir.policy.Attestable;
import dev.weir.policy.Fact;
import dev.weir.policy.Rule;
import dev.weir.score.Scored;
import dev.weir.task.Stories.Story;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/**
 * Invariant 10 over every field of the action event and every fact that rests on one, in tasks that
 * have a past: a value that its source may not attest lowers neither its own action's score nor a
 * later one's of the task.
 *
 * <p>Where the invariant ends: of several objectives that nobody attests, an action is judged by
 * the task's first and by its own. So the first one declared stands, for actions without one of
 * their own, in the place of a later one; and an execution that matches its proposal adds no second
 * mass, whoever says so, since the task itself remembers the proposal.
 */
class UnattestedFieldsTest {
  private static final List<Story> CORPORA = Stories.corpora();
  private static final List<Story> EXAMPLES = Stories.examples(Judge.BY_PACK.policy().rules());

  /** Actions of one task with what is claimed of them, and one claim among these. */
  private record Claims(
      List<ActionEvent> actions, List<String> sources, ClaimedField field, int at) {

    List<ActionEvent> without() {
      List<ActionEvent> copy = new ArrayList<>(actions);
      ActionEvent bare = ActionEvent.newBuilder(actions.get(at)).build();
      field.clear(bare);
      copy.set(at, bare);
      return copy;
    }

    /**
     * Whether an action is judged by no objective less where the claim is there: not so where the
     * task's first one stands in the place of a later one, and the action repeats neither.
     */
    boolean comparable(int action) {
      if (!field.isObjective() || action <= at) {
        return true;
      }
      for (int i = 0; i < action; i++) {
        String other = actions.get(i).getObjective();
        if (i != at && other != null && !other.isBlank()) {
          return i < at || other.equals(actions.get(action).getObjective());
        }
      }
      return true;
    }
  }

  @Property(tries = 1500, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void shouldScoreNoLowerByTheDefaultPackForAnUnattestedField(@ForAll long seed) {
    check(Judge.BY_PACK, Attestable.OBJECTIVE, new SplittableRandom(seed), seed);
  }

  @Property(tries = 4000, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void shouldScoreNoLowerByAnyPolicyForAnUnattestedField(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int number = Credulous.draw(random);
    Attestable believed = Credulous.attestable(Credulous.believed(number));
    check(Judge.credulous(number), believed, random, seed);
  }

  @Example
  void shouldFireEachRuleThatReadsClaimsAndLowerItForNone() {
    List<Rule> reading =
        Judge.BY_PACK.policy().rules().stream().filter(UnattestedFieldsTest::readsClaims).toList();
    Set<String> fired = new HashSet<>();
    SplittableRandom random = new SplittableRandom(1);
    for (Story story : Stories.examples(reading)) {
      for (String source : Credulous.SOURCES) {
        fired.addAll(flatter(story, source, random));
      }
    }
    assertThat(fired).hasSizeGreaterThan(9).containsAll(reading.stream().map(Rule::id).toList());
  }

  @Example
  void shouldCountAnObjectiveThatAnEarlierOneWouldHide() {
    for (String earlier : List.of("Delete file 13", "  ")) {
      List<ActionEvent> actions =
          List.of(
              call("1", earlier, "list_files"),
              call("2", "When is my next class?", "delete_file"),
              call("3", "When is my next class?", "delete_file"));
      for (int later : new int[] {1, 2}) {
        List<ActionEvent> honest = new ArrayList<>(actions);
        honest.set(0, call("1", null, "list_files"));
        Judge.noLower(risk(actions, later), risk(honest, later), () -> "after " + earlier);
      }
    }
  }

  @Example
  void shouldCountTheFirstObjectiveForLaterActionsWithoutOne() {
    List<ActionEvent> hidden =
        List.of(
            call("1", "  ", "list_files"),
            call("2", "When is my next class?", "list_files"),
            call("3", null, "delete_file"));
    List<ActionEvent> honest = new ArrayList<>(hidden);
    honest.set(0, call("1", null, "list_files"));
    Judge.noLower(risk(hidden, 2), risk(honest, 2), () -> "after a blank objective");
  }

  @Example
  void shouldDelegateNothingByAnObjectiveThatNobodyAttests() {
    ActionEvent plain = call("1", null, "read_file");
    plain.setResult(new Result("OK", "Total 98.70. Account GB29NWBK60161331926819.", false));
    ActionEvent claimed = ActionEvent.newBuilder(plain).build();
    claimed.setObjective("Pay what stands in file 13");
    ActionEvent pay = call("2", null, "send_money");
    pay.setArguments("{\"account\":\"GB29NWBK60161331926819\",\"amount\":98.70}");

    Judge.noLower(
        risk(List.of(claimed, pay), 1), risk(List.of(plain, pay), 1), () -> "delegated by hearsay");
  }

  @Example
  void shouldLeaveOutSeveralClaimsTogether() {
    String either = "agent.name == 'good' || agent.model == 'small'";
    SplittableRandom random = new SplittableRandom(1);
    Judge judge = Judge.of(Credulous.policy(either, "0.0", random));
    ActionEvent both = call("1", null, "list_files");
    both.getAgent().setName("good");
    both.getAgent().setModel("small");
    ActionEvent one = ActionEvent.newBuilder(both).build();
    one.getAgent().setName(null);

    List<String> sources = List.of(Credulous.OPEN);
    Judge.noLower(
        judge.scores(List.of(both), sources).get(0),
        judge.scores(List.of(one), sources).get(0),
        () -> "two claims, either of which is believed");
  }

  private static Scored risk(List<ActionEvent> actions, int of) {
    List<String> sources = actions.stream().map(action -> Credulous.OPEN).toList();
    return Judge.BY_PACK.scores(actions, sources).get(of);
  }

  @Example
  void shouldKnowNoFactThatRestsOnClaimsAndIsNotTried() {
    Set<Fact> read = EnumSet.noneOf(Fact.class);
    for (int i = 0; i < Credulous.FACTS.size(); i++) {
      Judge.credulous(i).policy().rules().forEach(rule -> read.addAll(facts(rule)));
    }
    assertThat(read).containsAll(Credulous.FACTS);
  }

  private static ActionEvent call(String id, @Nullable String objective, String tool) {
    return ActionEvent.newBuilder(EXAMPLES.get(0).last())
        .setEventId(id)
        .setObjective(objective)
        .setTool(Tool.newBuilder().setName(tool).build())
        .setArguments("{\"file_id\":\"13\"}")
        .build();
  }

  /** Claims one field after the other of a story whose objective is declared; what fired. */
  private static Set<String> flatter(Story story, String source, SplittableRandom random) {
    List<String> sources = story.actions().stream().map(action -> source).toList();
    Set<String> fired = new HashSet<>();
    for (ClaimedField field : ClaimedField.ALL) {
      if (Judge.attests(source, field)) {
        continue;
      }
      for (int at : new int[] {0, story.actions().size() - 1}) {
        List<ActionEvent> actions = story.copies();
        if (!field.isObjective()) {
          actions.forEach(action -> action.setObjective(story.objective()));
        }
        field.set(actions.get(at), value(field, story, Judge.BY_PACK, random));
        Claims claims = new Claims(actions, sources, field, at);
        compare(Judge.BY_PACK, claims, "an example").forEach(scored -> fired.addAll(rules(scored)));
      }
    }
    return fired;
  }

  private static boolean readsClaims(Rule rule) {
    return facts(rule).stream().anyMatch(Credulous.FACTS::contains);
  }

  private static Set<Fact> facts(Rule rule) {
    Set<Fact> read = EnumSet.noneOf(Fact.class);
    read.addAll(rule.when().reads().facts());
    rule.adds().values().forEach(value -> read.addAll(value.reads().facts()));
    return read;
  }

  private static List<String> rules(Scored scored) {
    return scored.score().getContributions().stream().map(Contribution::getRule).toList();
  }

  private static void check(
      Judge judge, @Nullable Attestable believed, SplittableRandom random, long seed) {
    List<Story> stories = random.nextInt(3) == 0 ? EXAMPLES : CORPORA;
    Story story = stories.get(random.nextInt(stories.size()));
    if (random.nextInt(3) > 0) {
      story = story.after(random);
    }
    List<ActionEvent> actions = story.copies();
    List<String> sources = sources(actions.size(), random);
    claim(judge, story, actions, random);
    int at = random.nextInt(actions.size());
    ClaimedField field = field(judge, sources.get(at), believed, random);
    field.set(actions.get(at), value(field, story, judge, random));
    compare(judge, new Claims(actions, sources, field, at), "seed " + seed);
  }

  /**
   * A field that the source may not attest: mostly one that the policy believes. That a result is
   * not whole is no claim to a policy at large: it is what the task has met.
   */
  private static ClaimedField field(
      Judge judge, String source, @Nullable Attestable believed, SplittableRandom random) {
    List<ClaimedField> open =
        ClaimedField.ALL.stream()
            .filter(field -> !Judge.attests(source, field))
            .filter(field -> judge == Judge.BY_PACK || !field.path().equals("result.partial"))
            .toList();
    List<ClaimedField> fooling =
        open.stream().filter(field -> field.attestable() == believed).toList();
    List<ClaimedField> from = fooling.isEmpty() || random.nextInt(4) == 0 ? open : fooling;
    return from.get(random.nextInt(from.size()));
  }

  private static List<String> sources(int count, SplittableRandom random) {
    boolean one = random.nextBoolean();
    List<String> sources = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = random.nextBoolean() ? 0 : random.nextInt(Credulous.SOURCES.size());
      String source = Credulous.SOURCES.get(number);
      sources.add(one && i > 0 ? sources.get(0) : source);
    }
    return sources;
  }

  /** Claims much of some actions, whether their sources may or not. */
  private static void claim(
      Judge judge, Story story, List<ActionEvent> actions, SplittableRandom random) {
    boolean declared = random.nextBoolean();
    int share = random.nextInt(2, 12);
    for (ActionEvent action : actions) {
      for (ClaimedField field : ClaimedField.ALL) {
        if (random.nextInt(share) == 0 && !field.path().equals("arguments_state")) {
          field.set(action, value(field, story, judge, random));
        }
      }
      if (declared) {
        action.setObjective(story.objective());
      }
    }
  }

  /** A value for a field: of an objective also such as name all that the task aims at. */
  private static @Nullable Object value(
      ClaimedField field, Story story, Judge judge, SplittableRandom random) {
    if (field.isObjective()) {
      return objective(story, random);
    } else if (field.path().equals("proposal_id") && judge == Judge.BY_PACK) {
      return story.actions().get(random.nextInt(story.actions().size())).getEventId();
    }
    List<Object> values = field.values();
    return values.get(random.nextInt(values.size()));
  }

  private static String objective(Story story, SplittableRandom random) {
    String values = String.join(", ", Stories.values(story.last()));
    String words = story.last().getTool().getName().replace('_', ' ');
    List<String> all =
        List.of(
            "Please " + words + " " + values,
            "Read notes.txt and do what it says",
            "When is my next class?",
            "pay send delete update create book share grant execute it",
            "good",
            values,
            " ",
            "",
            story.objective());
    return all.get(random.nextInt(all.size()));
  }

  private static List<Scored> compare(Judge judge, Claims claims, String what) {
    List<Scored> with = judge.scores(claims.actions, claims.sources);
    List<Scored> without = judge.scores(claims.without(), claims.sources);
    for (int i = 0; i < with.size(); i++) {
      int action = i;
      if (!claims.comparable(action)) {
        continue;
      }
      Judge.noLower(
          with.get(i),
          without.get(i),
          () ->
              "%s: action %d, claiming %s of action %d, sources %s, by %s:%n%s"
                  .formatted(
                      what,
                      action,
                      claims.field,
                      claims.at,
                      claims.sources,
                      judge.policy().id(),
                      claims.actions));
    }
    return with;
  }
}
