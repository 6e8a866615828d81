/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One composed file of a policy: strict UTF-8, without anchors and aliases, nested at most {@value
 * #MAX_DEPTH} deep.
 *
 * @param name what messages call it
 * @param text its characters
 * @param root its content
 * @param problems where faults in it are collected
 */
record YamlFile(String name, String text, Node root, Problems problems) {
  static final int MAX_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 24;

  /** The file, or null with at least one problem. */
  static @Nullable YamlFile compose(String name, byte[] yaml, Problems all) {
    Problems problems = all.in(name);
    String text = decode(yaml, problems);
    if (text == null) {
      return null;
    }
    Node root = compose(text, problems);
    if (root == null) {
      if (!problems.any()) {
        problems.add(1, 1, "the document is empty; write a policy");
      }
      return null;
    }
    boolean clean = refuseAliases(root, problems);
    return clean ? new YamlFile(name, text, root, problems) : null;
  }

  private static @Nullable String decode(byte[] yaml, Problems problems) {
    if (yaml.length > MAX_BYTES) {
      problems.add(1, 1, "the document has more than " + MAX_BYTES + " bytes; shorten it");
      return null;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(yaml)).toString();
    } catch (CharacterCodingException e) {
      problems.add(1, 1, "the document is not valid UTF-8; save it as UTF-8");
      return null;
    }
  }

  private static @Nullable Node compose(String text, Problems problems) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setCodePointLimit(MAX_BYTES);
    options.setAllowRecursiveKeys(false);
    try {
      return new Yaml(options).compose(new StringReader(text));
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

  private static boolean refuseAliases(Node root, Problems problems) {
    boolean clean = true;
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Node> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      Node node = open.pop();
      if (!seen.add(node) || node.getAnchor() != null) {
        problems.add(node, "anchors and aliases are not allowed; write the value out");
        clean = false;
      } else if (node instanceof SequenceNode list) {
        list.getValue().forEach(open::push);
      } else if (node instanceof MappingNode mapping) {
        for (NodeTuple tuple : mapping.getValue()) {
          open.push(tuple.getKeyNode());
          open.push(tuple.getValueNode());
        }
      }
    }
    return clean;
  }

  /** Where a node of this file stands. */
  Place place(Node node) {
    return new Place(name, node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1);
  }
}
