/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import dev.weir.event.Grant;
import dev.weir.event.Vetting;
import dev.weir.policy.publish.Ed25519;
import dev.weir.wire.SingleObject;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.time.Instant;
import java.util.function.Consumer;

/** Grants for tests. */
final class Issued {
  /** The issuer's. */
  static final KeyPair KEY = Ed25519.generate();

  static final String TOPIC = "weir.grants";
  static final SingleObject<Grant> CODEC = SingleObject.of(Grant.class);

  private Issued() {}

  /** Agent bot of the gateway may ship from 1,000 ms on and before 2,000; unsigned. */
  static Grant grant() {
    return Grant.newBuilder()
        .setGrantId("g-1")
        .setSource("weir.actions.gateway")
        .setAgentId("bot")
        .setActionClass("ship")
        .setCondition("tool.name == 'ship'")
        .setNotBefore(Instant.ofEpochMilli(1_000))
        .setExpires(Instant.ofEpochMilli(2_000))
        .setRevokedAt(null)
        .setVetting(new Vetting("shipyard 3", ByteBuffer.wrap(new byte[32]), Instant.EPOCH))
        .setGeneration(1)
        .setIssuer("ida")
        .setIssuerKeyId(Ed25519.id(KEY.getPublic()))
        .setIssuedAt(Instant.ofEpochMilli(1))
        .setSignature(ByteBuffer.allocate(0))
        .build();
  }

  /** The same, changed, then signed. */
  static Grant grant(Consumer<Grant> change) {
    return grant(KEY, change);
  }

  /** The same, signed by any key. */
  static Grant grant(KeyPair key, Consumer<Grant> change) {
    Grant grant = grant();
    change.accept(grant);
    return RecordSignature.ofGrants(TOPIC).sign(grant, key.getPrivate());
  }
}
