/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy.publish;

import dev.weir.action.Digest;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Ed25519 (RFC 8032) by the JDK: keys as PEM text, private ones as PKCS #8, public ones as
 * SubjectPublicKeyInfo (RFC 8410), which is what {@code openssl genpkey -algorithm ed25519} writes.
 * Public keys may also be the base64 between the PEM lines alone.
 */
public final class Ed25519 {
  /** Bytes of a signature. */
  public static final int SIGNATURE_BYTES = 64;

  private static final String ALGORITHM = "Ed25519";
  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";

  private Ed25519() {}

  /** A new pair. */
  public static KeyPair generate() {
    try {
      return KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw lacking(e);
    }
  }

  /** The private key in PEM. */
  public static String pem(PrivateKey key) {
    return pem(PRIVATE, key.getEncoded());
  }

  /** The public key in PEM. */
  public static String pem(PublicKey key) {
    return pem(PUBLIC, key.getEncoded());
  }

  /** The public key in base64, in one line. */
  public static String base64(PublicKey key) {
    return Base64.getEncoder().encodeToString(key.getEncoded());
  }

  /**
   * Reads a private key.
   *
   * @throws IllegalArgumentException with a message that repeats nothing of the text
   */
  public static PrivateKey privateKey(String pem) {
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePrivate(new PKCS8EncodedKeySpec(body(pem, PRIVATE)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException("no Ed25519 private key in PEM (PKCS #8)");
    }
  }

  /**
   * Reads a public key from PEM or base64.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static PublicKey publicKey(String text) {
    try {
      return publicKey(ByteBuffer.wrap(body(text, PUBLIC)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("no Ed25519 public key in PEM or base64");
    }
  }

  /**
   * Reads a public key from DER.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static PublicKey publicKey(ByteBuffer der) {
    byte[] bytes = new byte[der.remaining()];
    der.duplicate().get(bytes);
    try {
      return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no Ed25519 public key in DER");
    }
  }

  /** What tells a public key from others: the first 8 bytes, in hex, of its DER's SHA-256. */
  public static String id(PublicKey key) {
    return HexFormat.of().formatHex(Digest.of(key.getEncoded()), 0, 8);
  }

  /** Signs. */
  public static byte[] sign(PrivateKey key, byte[] message) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw lacking(e);
    }
  }

  /** Whether {@code signature} is the key's over {@code message}. Never throws on its bytes. */
  public static boolean verifies(PublicKey key, byte[] message, byte[] signature) {
    if (signature.length != SIGNATURE_BYTES) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (SignatureException | InvalidKeyException e) {
      return false; // a key may be well-formed and yet no point of the curve
    } catch (GeneralSecurityException e) {
      throw lacking(e);
    }
  }

  private static String pem(String what, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, body, what);
  }

  private static byte[] body(String text, String what) {
    String begin = "-----BEGIN " + what + "-----";
    String end = "-----END " + what + "-----";
    String body = text.strip();
    if (body.startsWith(begin) && body.endsWith(end)) {
      body = body.substring(begin.length(), body.length() - end.length());
    } else if (what.equals(PRIVATE)) {
      throw new IllegalArgumentException("not PEM");
    }
    return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
  }

  private static IllegalStateException lacking(GeneralSecurityException e) {
    return new IllegalStateException("this Java has no Ed25519", e);
  }
}
