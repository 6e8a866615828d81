/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import dev.weir.action.Action;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;

/**
 * Reads a policy from YAML: one document, and the files beside it that it includes, together at
 * most 1 MiB in UTF-8, without anchors, aliases, merge keys or duplicate keys, nested at most 24
 * deep, with at most 1,000 rules and 5,000 examples. Unknown keys are refused at every level.
 * Everything is checked and every expression compiled and type-checked before a {@link Policy}
 * exists.
 *
 * <p>A policy is identified by the SHA-256 of its canonical form, which {@link Canonical} writes:
 * one line of JSON that holds all of it and loads as the same policy. Comments, spacing, quoting,
 * the order of keys and the division into files do not change it; every other edit does.
 */
public final class PolicyLoader {
  /** The version of the policy language that this reads. */
  public static final int LANGUAGE = 1;

  private static final String BUILT_IN = "default/policy.yaml";

  private PolicyLoader() {}

  /** Reads a policy that is one document and includes nothing. */
  public static Policy load(String name, byte[] yaml) {
    return load(name, yaml, Includes.NONE);
  }

  /**
   * Reads a policy.
   *
   * @param name what messages call the document, for example a file's path
   * @param yaml the document
   * @param includes where the files are that it includes
   * @throws PolicyException with up to 20 problems, each as {@code file:line:column: what is wrong;
   *     how to mend it}
   */
  public static Policy load(String name, byte[] yaml, Includes includes) {
    Problems problems = new Problems(name);
    YamlFile head = YamlFile.compose(name, yaml, problems);
    if (head == null || problems.any()) {
      throw problems.exception();
    }
    Document document = new DocumentReader(head, includes).read();
    if (problems.any()) {
      throw problems.exception();
    }
    return new Policy(new Place(name, 1, 1), document);
  }

  /**
   * The action that an author wrote, in YAML or JSON, as in an example: all but the tool may be
   * left out.
   *
   * @param name what messages call the text
   * @param second its place among the actions of its task, from 0
   * @throws PolicyException if it is none, with its problems
   */
  public static Action action(String name, byte[] text, String source, int second) {
    Problems problems = new Problems(name);
    YamlFile file = YamlFile.compose(name, text, problems);
    Action action =
        file == null
            ? null
            : new ExampleReader(file, Set.of()).action(file.root(), source, "a" + second, second);
    if (action == null) {
      throw problems.exception();
    }
    return action;
  }

  /** The policy that Weir comes with. */
  public static Policy builtIn() {
    String folder = BUILT_IN.substring(0, BUILT_IN.lastIndexOf('/') + 1);
    return load(BUILT_IN, resource(BUILT_IN), name -> resource(folder + name));
  }

  /** The JSON Schema by which editors complete policies. */
  public static byte[] schema() {
    return resource("policy.schema.json");
  }

  private static byte[] resource(String name) {
    try (InputStream in = PolicyLoader.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no " + name + " on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
