/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy.publish;

import dev.weir.event.PolicyDocument;
import dev.weir.event.PolicyPointer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.HexFormat;

/**
 * What is signed when a policy is published, and the keys of the records. A signature covers every
 * field and the name of the topic, so that one made for a document is never one for a pointer, nor
 * one for a topic another's.
 *
 * <p>Signed are: a text that names the kind of record, a zero byte, then each field preceded by its
 * length as four big-endian bytes; numbers are eight big-endian bytes.
 *
 * @param topic the topic that policies are published on
 */
public record Publication(String topic) {
  /** Longest document, in bytes of UTF-8: a partition's state and its changelog take it whole. */
  public static final int MAX_DOCUMENT_BYTES = 512 << 10;

  /** Key of the pointer to the policy that scores. */
  public static final String ACTIVE = "active";

  /** Key of the pointer to the policy that scores beside it, without effect. */
  public static final String SHADOW = "shadow";

  private static final String DOCUMENT = "policy/";
  private static final String DOCUMENT_DOMAIN = "weir policy document 1";
  private static final String POINTER_DOMAIN = "weir policy pointer 1";

  /** Key of the document of the policy with that digest. */
  public static String documentKey(ByteBuffer digest) {
    return documentKey(hex(digest));
  }

  /** Key of the document of the policy with that digest, in hexadecimal. */
  public static String documentKey(String digestHex) {
    return DOCUMENT + digestHex;
  }

  /** A digest in hexadecimal. */
  public static String hex(ByteBuffer digest) {
    return HexFormat.of().formatHex(bytes(digest));
  }

  /** Signs a document, in place. */
  public PolicyDocument sign(PolicyDocument document, PrivateKey key) {
    document.setSignature(ByteBuffer.wrap(Ed25519.sign(key, message(document))));
    return document;
  }

  /** Signs the pointer with that record key, in place. */
  public PolicyPointer sign(String recordKey, PolicyPointer pointer, PrivateKey key) {
    pointer.setSignature(ByteBuffer.wrap(Ed25519.sign(key, message(recordKey, pointer))));
    return pointer;
  }

  /** Whether the document's signature is the key's. */
  public boolean verifies(PolicyDocument document, PublicKey key) {
    return Ed25519.verifies(key, message(document), bytes(document.getSignature()));
  }

  /** Whether the signature of the pointer with that record key is the key's. */
  public boolean verifies(String recordKey, PolicyPointer pointer, PublicKey key) {
    return Ed25519.verifies(key, message(recordKey, pointer), bytes(pointer.getSignature()));
  }

  private byte[] message(PolicyDocument d) {
    return new Message(DOCUMENT_DOMAIN)
        .text(topic)
        .text(d.getPublisher())
        .text(d.getPolicyId())
        .text(d.getVersion())
        .number(d.getPublishedAt().toEpochMilli())
        .field(bytes(d.getPolicyDigest()))
        .text(d.getDocument())
        .bytes();
  }

  private byte[] message(String recordKey, PolicyPointer p) {
    ByteBuffer digest = p.getPolicyDigest();
    return new Message(POINTER_DOMAIN)
        .text(topic)
        .text(recordKey)
        .text(p.getPublisher())
        .number(p.getGeneration())
        .number(p.getPublishedAt().toEpochMilli())
        .field(digest == null ? new byte[0] : bytes(digest))
        .bytes();
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /** The bytes that are signed. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message(String domain) {
      out.writeBytes(domain.getBytes(StandardCharsets.US_ASCII));
      out.write(0);
    }

    Message field(byte[] bytes) {
      out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      out.writeBytes(bytes);
      return this;
    }

    Message text(String text) {
      return field(text.getBytes(StandardCharsets.UTF_8));
    }

    Message number(long number) {
      return field(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }
}
