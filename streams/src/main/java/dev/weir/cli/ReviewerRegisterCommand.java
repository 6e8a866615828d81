/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import dev.weir.event.Reviewer;
import dev.weir.event.ReviewerKey;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir reviewer register}. */
@Command(
    name = "register",
    mixinStandardHelpOptions = true,
    description = {
      "Registers a reviewer, or changes what is named of one that is registered.",
      "A new one needs --kind, --tier and --public-key. One that was revoked begins anew: none of",
      "its earlier keys counts again."
    })
final class ReviewerRegisterCommand implements Callable<Integer> {
  @Mixin private Registrar registrar = new Registrar();

  @Mixin private ReviewerKeyOptions keys = new ReviewerKeyOptions();

  @Parameters(paramLabel = "ID", description = "The reviewer.")
  private String id = "";

  @Option(names = "--kind", paramLabel = "KIND", description = "person, model or program.")
  private @Nullable String kind;

  @Option(
      names = "--tier",
      paramLabel = "NAME",
      description = "A tier of the policy that it may answer; as often as needed.")
  private List<String> tiers = new ArrayList<>();

  @Option(
      names = "--agent-id",
      paramLabel = "ID",
      description = "What it is called as an agent, if it is one: it never reviews itself.")
  private @Nullable String agentId;

  @Option(names = "--model", paramLabel = "NAME", description = "The model that drives it.")
  private @Nullable String model;

  @Option(names = "--provider", paramLabel = "NAME", description = "Who provides the model.")
  private @Nullable String provider;

  @Override
  public Integer call() throws IOException {
    registrar.publish(id, this::change);
    return 0;
  }

  private Reviewer change(@Nullable Reviewer before, Instant now) throws IOException {
    boolean isNew = before == null || before.getRevokedAt() != null;
    if (isNew && (kind == null || tiers.isEmpty() || !keys.given())) {
      throw new CommandFailedException(
          "a new reviewer needs --kind, --tier (%s) and --public-key"
              .formatted("what the policy calls a review service"));
    }
    List<ReviewerKey> all = new ArrayList<>(isNew || before == null ? List.of() : before.getKeys());
    if (keys.given()) {
      all.add(keys.key(now, all));
    }
    Reviewer.Builder next =
        isNew || before == null ? Reviewer.newBuilder() : Reviewer.newBuilder(before);
    next.setReviewerId(id).setKeys(all).setRevokedAt(null).setSignature(Registrar.unsigned());
    next.setGeneration(1).setRegistrar("").setRegisteredAt(now);
    if (kind != null) {
      next.setKind(ReviewerKeyOptions.kind(kind));
    }
    if (!tiers.isEmpty()) {
      next.setTiers(tiers);
    }
    if (agentId != null) {
      next.setAgentId(agentId);
    }
    if (model != null) {
      next.setModel(model);
    }
    if (provider != null) {
      next.setProvider(provider);
    }
    return next.build();
  }
}
