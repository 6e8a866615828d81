/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.event.PolicyDocument;
import dev.weir.event.PolicyPointer;
import dev.weir.metrics.Tally;
import dev.weir.policy.PolicyLoader;
import dev.weir.policy.publish.Ed25519;
import dev.weir.policy.publish.Publication;
import dev.weir.policy.publish.Signatory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whatever stands on the topic of policies is taken or refused, and no unsigned record changes what
 * counts. The first byte says what the rest is: a record's value as it is, a document or pointer
 * that a publisher signs, a signed document's bytes with one of them changed, a publisher as
 * configured.
 */
class PolicyDeskFuzzTest {
  private static final String TOPIC = "weir.policies";
  private static final Publication PUBLICATION = new Publication(TOPIC);
  private static final KeyPair KEY = Ed25519.generate();
  private static final Map<String, Signatory> PUBLISHERS =
      Map.of("ops", new Signatory("ops", KEY.getPublic(), Instant.MIN, Instant.MAX));
  private static final PolicyShelf SHELF = new PolicyShelf(PolicyLoader.builtIn());

  @FuzzTest(maxDuration = "5m")
  void take(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    byte[] rest = Arrays.copyOfRange(bytes, 1, bytes.length);
    PolicyDesk desk = new PolicyDesk(TOPIC, PUBLISHERS, SHELF, Tally.NONE);
    switch (bytes[0] & 3) {
      case 0 -> unsigned(desk, rest);
      case 1 -> signed(desk, rest);
      case 2 -> changed(desk, rest);
      default -> publisher(new String(rest, StandardCharsets.UTF_8));
    }
  }

  private static void unsigned(PolicyDesk desk, byte[] value) {
    for (String key : List.of(Publication.ACTIVE, Publication.SHADOW, "policy/00", "other")) {
      byte[] name = key.getBytes(StandardCharsets.UTF_8);
      assertThat(desk.take(name, value, 0, any -> value)).isFalse();
    }
    assertThat(desk.take(value, value, 0, any -> value)).isFalse();
    assertThat(desk.active()).isNull();
    assertThat(desk.shadow()).isNull();
  }

  /** The publisher's own documents may be broken, and their pointers lead anywhere. */
  private static void signed(PolicyDesk desk, byte[] text) {
    ByteBuffer digest = ByteBuffer.wrap(Arrays.copyOf(text, Math.min(text.length, 32)));
    PolicyDocument document = document(digest, new String(text, StandardCharsets.UTF_8));
    Map<String, byte[]> topic = new HashMap<>();
    String key = Publication.documentKey(digest);
    topic.put(key, Codecs.POLICY_DOCUMENT.encode(PUBLICATION.sign(document, KEY.getPrivate())));
    assertThat(desk.take(key.getBytes(StandardCharsets.UTF_8), topic.get(key), 0, topic::get))
        .isTrue();
    for (String name : List.of(Publication.ACTIVE, Publication.SHADOW)) {
      PolicyPointer pointer = new PolicyPointer(1L, digest, "ops", Instant.EPOCH, digest);
      byte[] value =
          Codecs.POLICY_POINTER.encode(PUBLICATION.sign(name, pointer, KEY.getPrivate()));
      desk.take(name.getBytes(StandardCharsets.UTF_8), value, 0, topic::get);
      desk.resume(topic::get);
    }
    assertThat(desk.active()).isNull();
  }

  /** Two bytes say where another byte is put into a signed record. */
  private static void changed(PolicyDesk desk, byte[] how) {
    if (how.length < 3) {
      return;
    }
    ByteBuffer digest = ByteBuffer.wrap(new byte[32]);
    byte[] value =
        Codecs.POLICY_DOCUMENT.encode(
            PUBLICATION.sign(document(digest, "weir: 1"), KEY.getPrivate()));
    byte[] changed = value.clone();
    int at = (Byte.toUnsignedInt(how[0]) << 8 | Byte.toUnsignedInt(how[1])) % changed.length;
    changed[at] = how[2];
    byte[] key = Publication.documentKey(digest).getBytes(StandardCharsets.UTF_8);
    assertThat(desk.take(key, changed, 0, any -> changed)).isEqualTo(Arrays.equals(changed, value));
  }

  private static PolicyDocument document(ByteBuffer digest, String text) {
    return new PolicyDocument("p", "1", digest, text, "ops", Instant.EPOCH, ByteBuffer.allocate(0));
  }

  private static void publisher(String text) {
    Signatory publisher;
    try {
      publisher = Signatory.parse(text, Ed25519::publicKey);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
      return;
    }
    assertThat(publisher.name()).matches("[a-zA-Z0-9._@-]{1,64}");
    assertThat(Ed25519.publicKey(Ed25519.base64(publisher.key()))).isEqualTo(publisher.key());
    assertThat(publisher.validAt(0)).isIn(true, false);
  }
}
