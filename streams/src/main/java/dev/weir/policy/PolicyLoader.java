/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads a policy from YAML: one document of at most 1 MiB in UTF-8, without anchors, aliases, merge
 * keys or duplicate keys, nested at most 12 deep. Unknown keys are refused at every level.
 * Everything is checked and every expression compiled and type-checked before a {@link Policy}
 * exists.
 *
 * <p>A policy is identified by the SHA-256 of its canonical form: one line of JSON in UTF-8 with
 * every key present and sorted, defaults written out, sets (tools, views, domains, what a source
 * attests) sorted, rules and tiers in the document's order, durations in milliseconds, numbers as
 * {@link Double#toString} and expressions as text without white space at their ends. Comments,
 * spacing, quoting and the order of keys do not change it; every other edit does.
 */
public final class PolicyLoader {
  /** The version of the policy language that this reads. */
  public static final int LANGUAGE = 1;

  static final int MAX_BYTES = 1 << 20;

  private static final String BUILT_IN = "default.yaml";

  private PolicyLoader() {}

  /**
   * Reads a policy.
   *
   * @param name what messages call the document, for example a file's name
   * @param yaml the document
   * @throws PolicyException with up to 20 problems, each as {@code name:line:column: what is wrong;
   *     how to mend it}
   */
  public static Policy load(String name, byte[] yaml) {
    Problems problems = new Problems(name);
    String text = decode(yaml, problems);
    if (problems.any()) {
      throw problems.exception();
    }
    Node root = compose(text, problems);
    if (root == null || problems.any()) {
      if (!problems.any()) {
        problems.add(1, 1, "the document is empty; write a policy");
      }
      throw problems.exception();
    }
    Document document = new DocumentReader(problems, text).read(root);
    if (problems.any()) {
      throw problems.exception();
    }
    return new Policy(document);
  }

  /** The policy that Weir comes with. */
  public static Policy builtIn() {
    return load(BUILT_IN, builtInYaml());
  }

  /** The document of {@link #builtIn}. */
  public static byte[] builtInYaml() {
    try (InputStream in = PolicyLoader.class.getResourceAsStream(BUILT_IN)) {
      if (in == null) {
        throw new IllegalStateException("the built-in policy is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String decode(byte[] yaml, Problems problems) {
    if (yaml.length > MAX_BYTES) {
      problems.add(1, 1, "the document has more than " + MAX_BYTES + " bytes; shorten it");
      return "";
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(yaml)).toString();
    } catch (CharacterCodingException e) {
      problems.add(1, 1, "the document is not valid UTF-8; save it as UTF-8");
      return "";
    }
  }

  private static @Nullable Node compose(String text, Problems problems) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(12);
    options.setCodePointLimit(MAX_BYTES);
    options.setAllowRecursiveKeys(false);
    try {
      Yaml yaml = new Yaml(options);
      Node root = yaml.compose(new StringReader(text));
      if (root != null) {
        DocumentReader.refuseAliases(root, problems);
      }
      return root;
    } catch (MarkedYAMLException e) {
      String what = e.getProblem() + "; correct the YAML";
      if (e.getProblemMark() == null) {
        problems.add(1, 1, what);
      } else {
        problems.add(e.getProblemMark(), what);
      }
    } catch (YAMLException e) {
      problems.add(1, 1, e.getMessage() + "; correct the YAML");
    }
    return null;
  }
}
