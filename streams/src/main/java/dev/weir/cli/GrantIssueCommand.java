/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.config.Topics;
import dev.weir.config.WeirConfig;
import dev.weir.event.Grant;
import dev.weir.score.Proviso;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir grant issue}. */
@Command(
    name = "issue",
    mixinStandardHelpOptions = true,
    description = {
      "Issues a grant, or changes the times, the condition and the evidence of one.",
      "A new one needs --source, --agent, --class, --expires and the evidence. One that was",
      "revoked begins anew."
    })
final class GrantIssueCommand implements Callable<Integer> {
  @Mixin private Issuer issuer = new Issuer();

  @Mixin private VettingOptions vetting = new VettingOptions();

  @Parameters(paramLabel = "ID", description = "The grant.")
  private String id = "";

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description =
          "The source that tells the agent's actions, by its name in 'sources'. The policy must let"
              + " it attest agents.")
  private @Nullable String source;

  @Option(
      names = "--agent",
      paramLabel = "ID",
      description = "The agent, as that source names it in agent.id.")
  private @Nullable String agentId;

  @Option(
      names = "--class",
      paramLabel = "NAME",
      description = "The class that the policy reserves.")
  private @Nullable String actionClass;

  @Option(
      names = "--when",
      paramLabel = "CEL",
      description =
          "What an action must meet beside, as a rule's 'when' says it; '' for nothing any more.")
  private @Nullable String condition;

  @Option(
      names = "--not-before",
      paramLabel = "DATE",
      converter = Moment.class,
      description = "From when on it holds, a day or moment in UTC. Default: now.")
  private @Nullable Instant notBefore;

  @Option(
      names = "--expires",
      paramLabel = "DATE",
      converter = Moment.class,
      description = "When it ends, a day or moment in UTC.")
  private @Nullable Instant expires;

  @Override
  public Integer call() throws IOException {
    WeirConfig config = issuer.config();
    String topic = source == null ? null : topic(config.topics(), source);
    checkCondition();
    issuer.publish(config, id, (before, now) -> change(before, now, topic));
    return 0;
  }

  private static String topic(Topics topics, String name) {
    if (!topics.extraSources().contains(name)) {
      throw new CommandFailedException(
          "--source %s is none of the sources that 'sources' names (%s): on the default source an agent's id is but what a record says, and nobody can be granted anything"
              .formatted(
                  name,
                  topics.extraSources().isEmpty()
                      ? "there is none"
                      : String.join(", ", topics.extraSources())));
    }
    return topics.actions() + '.' + name;
  }

  private void checkCondition() {
    try {
      if (condition != null && !condition.isBlank()) {
        Proviso.of(condition);
      }
    } catch (IllegalArgumentException e) {
      throw new CommandFailedException("--when: " + e.getMessage());
    }
  }

  private Grant change(@Nullable Grant before, Instant now, @Nullable String topic)
      throws IOException {
    Grant.Builder next =
        before == null || before.getRevokedAt() != null
            ? fresh(now, topic)
            : Grant.newBuilder(of(before, topic));
    if (condition != null) {
      next.setCondition(condition.isBlank() ? null : condition);
    }
    if (notBefore != null) {
      next.setNotBefore(notBefore);
    }
    if (expires != null) {
      next.setExpires(expires);
    }
    if (vetting.given()) {
      next.setVetting(vetting.vetting());
    }
    return next.build();
  }

  private Grant.Builder fresh(Instant now, @Nullable String topic) throws IOException {
    if (topic == null || agentId == null || actionClass == null || expires == null) {
      throw new CommandFailedException(
          "a new grant needs --source, --agent, --class, --expires and the evidence");
    }
    return Grant.newBuilder()
        .setGrantId(id)
        .setSource(topic)
        .setAgentId(agentId)
        .setActionClass(actionClass)
        .setCondition(null)
        .setNotBefore(now)
        .setExpires(expires)
        .setRevokedAt(null)
        .setVetting(vetting.vetting())
        .setGeneration(1)
        .setIssuer("")
        .setIssuerKeyId("")
        .setIssuedAt(now)
        .setSignature(Issuer.unsigned());
  }

  /** The grant before, which stays the one agent's for the one class. */
  private Grant of(Grant before, @Nullable String topic) {
    boolean other =
        (topic != null && !topic.equals(before.getSource()))
            || (agentId != null && !agentId.equals(before.getAgentId()))
            || (actionClass != null && !actionClass.equals(before.getActionClass()));
    if (other) {
      throw new CommandFailedException(
          "%s is the grant of %s of %s for %s: issue another under an id of its own"
              .formatted(id, before.getActionClass(), before.getSource(), before.getAgentId()));
    }
    return before;
  }
}
