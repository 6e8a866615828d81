/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * YAML as JSON text. A plain value is a number, a boolean or null only where JSON writes it so
 * ({@code ~} and nothing are null too); every other value is text: no octal, no {@code yes}, no
 * dates. Order is kept. All that is not printable ASCII is escaped, so that the text is YAML too.
 */
final class Json {
  /** Possessive: linear in the text. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+");

  private Json() {}

  /** The JSON of a node. Nesting is bounded by what the composer let through. */
  static String of(Node node) {
    StringBuilder out = new StringBuilder(128);
    write(out, node);
    return out.toString();
  }

  private static void write(StringBuilder out, Node node) {
    if (node instanceof ScalarNode scalar) {
      scalar(out, scalar);
    } else if (node instanceof SequenceNode list) {
      List<String> items = new ArrayList<>();
      list.getValue().forEach(item -> items.add(of(item)));
      out.append('[').append(String.join(",", items)).append(']');
    } else if (node instanceof MappingNode mapping) {
      List<String> entries = new ArrayList<>();
      for (NodeTuple tuple : mapping.getValue()) {
        entries.add(key(tuple.getKeyNode()) + ":" + of(tuple.getValueNode()));
      }
      out.append('{').append(String.join(",", entries)).append('}');
    }
  }

  private static String key(Node node) {
    return node instanceof ScalarNode scalar ? string(scalar.getValue()) : string(of(node));
  }

  private static void scalar(StringBuilder out, ScalarNode scalar) {
    String text = scalar.getValue();
    if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
      out.append(string(text));
    } else if (text.isEmpty() || text.equals("~") || text.equals("null")) {
      out.append("null");
    } else if (text.equals("true") || text.equals("false") || NUMBER.matcher(text).matches()) {
      out.append(text);
    } else {
      out.append(string(text));
    }
  }

  /** A JSON string in printable ASCII. */
  static String string(String s) {
    StringBuilder out = new StringBuilder(s.length() + 8).append('"');
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20 || c > 0x7e) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
