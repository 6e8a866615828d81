/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.action.Action;
import dev.weir.action.ActionDecoder;
import dev.weir.action.Limits;
import dev.weir.action.Origin;
import dev.weir.policy.Attestable;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import dev.weir.score.PolicyScorer;
import dev.weir.score.Scorer;
import dev.weir.task.FoldRules;
import dev.weir.task.Replay;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Our own corpora, and the development logs where they lie beside the checkout, scored by the
 * built-in policy as a log whose author attests its objectives and environments.
 */
final class Corpora {
  private static final String SOURCE = "corpus";
  private static final Set<Attestable> ATTESTS =
      Set.of(Attestable.OBJECTIVE, Attestable.ENVIRONMENT);
  private static final Policy POLICY = PolicyLoader.builtIn().withSource(SOURCE, ATTESTS);
  private static final Scorer SCORER = new PolicyScorer(POLICY);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ActionDecoder DECODER =
      new ActionDecoder(Limits.DEFAULT.withAheadMs(Long.MAX_VALUE));

  private Corpora() {}

  /** A fresh replay by the built-in policy. */
  static Replay replay() {
    FoldRules d = FoldRules.DEFAULT;
    FoldRules rules = new FoldRules(d.halfLifeMs(), d.latenessMs(), d.aheadMs(), true);
    return new Replay(POLICY, SCORER, rules);
  }

  /** The action of one line; what is no action fails. */
  static Action action(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return (Action) DECODER.decode(bytes, new Origin(SOURCE, 0, 0, 0));
  }

  static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of one of our own corpora. */
  static List<String> lines(String name) {
    var in = Objects.requireNonNull(Corpora.class.getResourceAsStream("/dev/weir/corpus/" + name));
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A development log, {@code shared/data/NAME} beside or above the checkout, if it is there. */
  static Optional<Path> log(String name) {
    for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
      Path log = dir.resolve("shared/data").resolve(name);
      if (Files.exists(log)) {
        return Optional.of(log);
      }
    }
    return Optional.empty();
  }

  /** The lines of a development log. */
  static List<String> lines(Path log) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(log)), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The action of a line of a development log, if it is one. */
  static Optional<Action> maybe(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return DECODER.decode(bytes, new Origin(SOURCE, 0, 0, 0)) instanceof Action action
        ? Optional.of(action)
        : Optional.empty();
  }

  /** The lines of a development log that are actions. */
  static List<Action> actions(Path log) {
    return lines(log).stream().flatMap(line -> maybe(line).stream()).toList();
  }

  /** What counted of a score, in one line. */
  static String why(Replay.Replayed scored) {
    StringBuilder why = new StringBuilder();
    scored.scored().score().getContributions().stream()
        .filter(c -> c.getCounted())
        .forEach(c -> why.append(String.format(" %s %.1f", c.getRule(), c.getValue())));
    var event = scored.action().event();
    String arguments = String.valueOf(event.getArguments()).replaceAll("\\p{Cntrl}", " ");
    return String.format(
        "m%.2f r%.2f %s %s |%s",
        scored.scored().score().getMagnitude(),
        scored.scored().score().getRisk(),
        event.getTool().getName(),
        arguments.substring(0, Math.min(Integer.getInteger("why", 140), arguments.length())),
        why);
  }
}
