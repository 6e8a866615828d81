/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls that reach a function by way of another one: bound with arguments, called by name, looked
 * up by its name, handed on. A bound function is a named value whose items are its first arguments.
 */
final class CodeIndirect {
  private static final String METHOD = "methodcaller!";
  private static final String ATTRIBUTE = "attrgetter!";
  private static final Set<String> SENDS =
      Set.of("send", "public_send", "__send__", "invoke", "call_user_func", "instance_exec");
  private static final int MAX_BOUND = 20;

  private final CodeCalls calls;

  CodeIndirect(CodeCalls calls) {
    this.calls = calls;
  }

  /** What such a call gives; null if it is none. */
  @Nullable CodeValue call(
      CodeValue callee, List<CodeValue> arguments, Map<String, CodeValue> named) {
    CodeValue first = arguments.isEmpty() ? CodeValue.UNKNOWN : arguments.get(0);
    CodeValue made = maker(callee, arguments, first);
    if (made != null) {
      return made;
    }
    String member = callee.member();
    boolean bound = isBound(callee);
    CodeValue owner = new CodeValue(null, callee.items(), callee.owner(), callee.taints(), null);
    boolean reaches = callee.self() == null && !owner.name().isEmpty();
    if (reaches && !CodeCommands.isRunner(owner.name())) {
      switch (member) {
        case "call" -> {
          return calls.call(owner, rest(arguments), named);
        }
        case "apply" -> {
          return owner.name().equals("Reflect")
              ? calls.call(first, spread(arguments, 2), named)
              : calls.call(owner, spread(arguments, 1), named);
        }
        case "bind" -> {
          return bind(owner, rest(arguments));
        }
        default -> {}
      }
    }
    return bound
        ? calls.call(
            CodeValue.named(callee.name()).with(callee.taints()), with(callee, arguments), named)
        : null;
  }

  private static boolean isBound(CodeValue callee) {
    return !callee.items().isEmpty()
        && callee.self() == null
        && !callee.name().isEmpty()
        && callee.name().charAt(0) != '.';
  }

  /** Functions that give functions, or what they give when they are called. */
  private @Nullable CodeValue maker(CodeValue callee, List<CodeValue> arguments, CodeValue first) {
    String member = callee.member();
    switch (member) {
      case "partial", "partialmethod", "curry" -> {
        return first.name().isEmpty() ? null : bind(first, rest(arguments));
      }
      case "methodcaller", "attrgetter" -> {
        return first.text() == null
            ? null
            : new CodeValue(null, arguments, member + "!", first.taints(), null);
      }
      case METHOD -> {
        List<CodeValue> own = callee.items();
        return calls.call(first.member(String.valueOf(own.get(0).text())), rest(own), Map.of());
      }
      case ATTRIBUTE -> {
        return first.member(String.valueOf(callee.items().get(0).text()));
      }
      case "__getattribute__", "__getattr__", "const_get", "method", "instance_method", "get" -> {
        return looked(callee, member, arguments, first);
      }
      default -> {
        return SENDS.contains(member) ? sent(callee, arguments, first) : null;
      }
    }
  }

  private static @Nullable CodeValue looked(
      CodeValue callee, String member, List<CodeValue> arguments, CodeValue first) {
    String name = said(first);
    if (callee.owner().equals("Reflect") && arguments.size() > 1) {
      String of = said(arguments.get(1));
      return of.isEmpty() ? null : first.member(of);
    }
    if (name.isEmpty() || member.equals("get") || callee.self() != null) {
      return null;
    }
    boolean bare = member.equals("const_get") || member.equals("method");
    boolean kernel = callee.owner().isEmpty() || callee.owner().equals("Object");
    return bare && kernel ? CodeValue.named(name) : CodeValue.named(callee.owner() + "." + name);
  }

  /** A text, or a name that stands for itself as Ruby's symbols do. */
  private static String said(CodeValue value) {
    String text = value.text();
    return text != null ? text : value.name();
  }

  /** {@code object.send(:name, …)}: only names that do something, since mail is sent too. */
  private @Nullable CodeValue sent(CodeValue callee, List<CodeValue> arguments, CodeValue first) {
    String name = said(first);
    boolean acts = arguments.size() > 1 && (CodeCalls.isBare(name) || CodeCalls.isAct(name));
    if (!acts) {
      return null;
    }
    String owner = callee.owner();
    return calls.call(
        CodeValue.named(owner.isEmpty() ? name : owner + "." + name), rest(arguments), Map.of());
  }

  private static CodeValue bind(CodeValue function, List<CodeValue> more) {
    List<CodeValue> all = new ArrayList<>(function.items());
    all.addAll(more);
    return new CodeValue(
        null,
        List.copyOf(all.subList(0, Math.min(all.size(), MAX_BOUND))),
        function.name(),
        function.taints(),
        null);
  }

  private static List<CodeValue> with(CodeValue bound, List<CodeValue> arguments) {
    List<CodeValue> all = new ArrayList<>(bound.items());
    all.addAll(arguments);
    return all;
  }

  private static List<CodeValue> rest(List<CodeValue> arguments) {
    return arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
  }

  /** The items of the list at a place. */
  private static List<CodeValue> spread(List<CodeValue> arguments, int at) {
    return at < arguments.size() ? arguments.get(at).items() : List.of();
  }
}
