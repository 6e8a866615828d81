/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.config.WeirConfig;
import dev.weir.event.Grant;
import dev.weir.reviewer.Shown;
import dev.weir.serde.RecordTree;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir grant list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Shows which grants there are, and how many records on the topic do not count.")
final class GrantListCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private Bootstrap bootstrap = new Bootstrap();

  @Mixin private IssuerOptions issuers = new IssuerOptions();

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    WeirConfig config = WeirConfig.of(issuers.with(bootstrap.properties()));
    SignedTopic<Grant> topic = SignedTopic.grants(config);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(document(topic));
    } else {
      topic.records().forEach(grant -> print(out, grant, Instant.now()));
      if (topic.records().isEmpty()) {
        out.println("nothing is granted; 'weir grant issue' does");
      }
      topic
          .refused()
          .forEach((fault, count) -> out.printf("does not count: %s: %d%n", fault, count));
    }
    out.flush();
    return 0;
  }

  private static void print(PrintWriter out, Grant grant, Instant now) {
    out.printf(
        "%s  %s of %s  class %s  %s to %s  generation %d by %s at %s%s%n",
        Shown.line(grant.getGrantId()),
        Shown.line(grant.getAgentId()),
        Shown.line(grant.getSource()),
        Shown.line(grant.getActionClass()),
        grant.getNotBefore(),
        grant.getExpires(),
        grant.getGeneration(),
        grant.getIssuer(),
        grant.getIssuedAt(),
        state(grant, now));
    out.printf(
        "    passed %s at %s, SHA-256 %s%n",
        Shown.line(grant.getVetting().getEvaluation()),
        grant.getVetting().getConcludedAt(),
        HexFormat.of().formatHex(grant.getVetting().getDigest().array()));
    if (grant.getCondition() != null) {
      out.printf("    if %s%n", Shown.line(grant.getCondition()));
    }
  }

  private static String state(Grant grant, Instant now) {
    if (grant.getRevokedAt() != null) {
      return "  REVOKED " + grant.getRevokedAt();
    }
    if (!now.isBefore(grant.getExpires())) {
      return "  EXPIRED";
    }
    return now.isBefore(grant.getNotBefore()) ? "  NOT YET" : "";
  }

  private static String document(SignedTopic<Grant> topic) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode document = mapper.createObjectNode();
    ArrayNode grants = document.putArray("grants");
    topic.records().forEach(grant -> grants.add(RecordTree.of(grant)));
    ObjectNode refused = document.putObject("refused");
    topic.refused().forEach(refused::put);
    return mapper.writeValueAsString(document);
  }
}
