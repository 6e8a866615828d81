/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import dev.weir.event.Grant;
import dev.weir.event.Vetting;
import dev.weir.policy.publish.Ed25519;
import dev.weir.review.RecordSignature;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.time.Duration;
import java.util.function.Consumer;

/** What vetted agents are granted in stories, by ida. */
final class Guild {
  static final KeyPair IDA = Ed25519.generate();
  static final String ISSUERS = "ida=" + Ed25519.base64(IDA.getPublic());

  private static final RecordSignature<Grant> SIGNATURE = RecordSignature.ofGrants("weir.grants");

  private Guild() {}

  /** Agent a-1 of the gateway may ship, for a day from noon on. */
  static Grant ships(String grantId) {
    return ships(grantId, g -> {});
  }

  /** The same, changed before it is signed. */
  static Grant ships(String grantId, Consumer<Grant> change) {
    return ships(grantId, IDA, change);
  }

  /** The same, signed by any key. */
  static Grant ships(String grantId, KeyPair key, Consumer<Grant> change) {
    Grant grant =
        Grant.newBuilder()
            .setGrantId(grantId)
            .setSource("weir.actions.gateway")
            .setAgentId("a-1")
            .setActionClass("ship")
            .setNotBefore(Flume.NOON)
            .setExpires(Flume.NOON.plus(Duration.ofDays(1)))
            .setVetting(new Vetting("shipyard 3", ByteBuffer.allocate(32), Flume.NOON))
            .setGeneration(1)
            .setIssuer("ida")
            .setIssuerKeyId(Ed25519.id(IDA.getPublic()))
            .setIssuedAt(Flume.NOON)
            .setSignature(ByteBuffer.allocate(0))
            .build();
    change.accept(grant);
    return SIGNATURE.sign(grant, key.getPrivate());
  }
}
