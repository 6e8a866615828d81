/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.config.WeirConfig;
import dev.weir.event.Reviewer;
import dev.weir.reviewer.Shown;
import dev.weir.serde.RecordTree;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir reviewer list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Shows who is registered, and how many records on the topic do not count.")
final class ReviewerListCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private Bootstrap bootstrap = new Bootstrap();

  @Mixin private RegistrarOptions registrars = new RegistrarOptions();

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    WeirConfig config = WeirConfig.of(registrars.with(bootstrap.properties()));
    SignedTopic<Reviewer> topic = SignedTopic.reviewers(config);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(document(topic));
    } else {
      topic.records().forEach(reviewer -> print(out, reviewer, Instant.now()));
      if (topic.records().isEmpty()) {
        out.println("nobody is registered; 'weir reviewer register' does");
      }
      topic
          .refused()
          .forEach((fault, count) -> out.printf("does not count: %s: %d%n", fault, count));
    }
    out.flush();
    return 0;
  }

  private static void print(PrintWriter out, Reviewer reviewer, Instant now) {
    out.printf(
        "%s  %s  tiers %s  generation %d by %s at %s%s%n",
        Shown.line(reviewer.getReviewerId()),
        reviewer.getKind().name().toLowerCase(Locale.ROOT),
        reviewer.getTiers().isEmpty() ? "none" : Shown.line(String.join(",", reviewer.getTiers())),
        reviewer.getGeneration(),
        reviewer.getRegistrar(),
        reviewer.getRegisteredAt(),
        reviewer.getRevokedAt() == null ? "" : "  REVOKED " + reviewer.getRevokedAt());
    reviewer
        .getKeys()
        .forEach(
            key ->
                out.printf(
                    "    key %s  %s to %s%s%n",
                    Shown.line(key.getKeyId()),
                    key.getValidFrom(),
                    key.getValidUntil(),
                    key.getValidUntil().isAfter(now) ? "" : "  ended"));
  }

  private static String document(SignedTopic<Reviewer> topic) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode document = mapper.createObjectNode();
    ArrayNode reviewers = document.putArray("reviewers");
    topic.records().forEach(reviewer -> reviewers.add(RecordTree.of(reviewer)));
    ObjectNode refused = document.putObject("refused");
    topic.refused().forEach(refused::put);
    return mapper.writeValueAsString(document);
  }
}
