/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls that only put strings together or decode them. */
final class CodeFolds {
  private static final int MAX_TEXT = 16 << 10;

  /** What a call gives if it is one of these; null if not. */
  @Nullable CodeValue fold(
      CodeValue callee, String member, List<CodeValue> arguments, Map<String, CodeValue> named) {
    CodeValue first = arguments.isEmpty() ? CodeValue.UNKNOWN : arguments.get(0);
    CodeValue text = CodeTexts.fold(callee, member, arguments, named);
    if (text != null) {
      return text;
    }
    return switch (member) {
      case "chr", "fromCharCode", "pack" -> characters(arguments);
      case "bytes", "bytearray" ->
          first.items().isEmpty() ? same(first) : characters(first.items());
      case "str",
          "String",
          "repr",
          "list",
          "tuple",
          "bytes.decode",
          "dumps",
          "stringify",
          "quote",
          "encodeURIComponent",
          "b64encode",
          "btoa",
          "hexlify" ->
          encoded(member, first);
      case "join" -> join(callee, first);
      case "concat" -> added(callee, arguments);
      case "reverse" -> turned(callee);
      case "decode",
          "encode",
          "strip",
          "toString",
          "trim",
          "text",
          "read",
          "content",
          "json",
          "rstrip",
          "getvalue" ->
          self(callee, arguments);
      case "replace", "replaceAll" -> replace(callee, arguments);
      case "b64decode",
          "urlsafe_b64decode",
          "standard_b64decode",
          "atob",
          "base64_decode",
          "decode64",
          "decode_base64",
          "b32decode",
          "a2b_base64" ->
          decode64(first);
      case "decodeURIComponent", "decodeURI", "unquote", "unquote_plus", "urldecode", "unescape" ->
          first.text() == null
              ? CodeValue.tainted(first.taints())
              : CodeValue.text(Decoder.unescaped(first.text()), Flow.DECODED);
      case "unhexlify", "fromhex", "hex2bin", "a2b_hex" -> unhex(first);
      case "unpack1", "unpack" ->
          callee.self() != null && "m".equals(first.text())
              ? decode64(CodeValue.text(callee.self(), callee.taints()))
              : CodeValue.tainted(Flow.DECODED);
      case "from" -> buffer(callee, arguments);
      case "glob", "iglob" -> first.text() == null ? null : first;
      case "recv", "recvfrom", "receive", "recv_bytes" -> CodeValue.tainted(Flow.DOWNLOADED);
      case "decompress",
          "inflate",
          "gunzipSync",
          "inflateSync",
          "gzinflate",
          "b85decode",
          "a85decode",
          "b16decode",
          "uudecode",
          "convert_uudecode",
          "maketrans",
          "translate",
          "to_bytes",
          "tobytes",
          "decrypt" ->
          CodeValue.tainted(first.taints() | Flow.DECODED);
      case "reversed", "strrev" ->
          first.text() == null
              ? CodeValue.tainted(Flow.DECODED)
              : CodeValue.text(new StringBuilder(first.text()).reverse().toString(), Flow.DECODED);
      default -> null;
    };
  }

  private static CodeValue same(CodeValue value) {
    return value;
  }

  private static CodeValue encoded(String member, CodeValue value) {
    boolean keeps =
        member.equals("str")
            || member.equals("String")
            || member.equals("list")
            || member.equals("quote");
    return keeps ? value : CodeValue.tainted(value.taints());
  }

  static CodeValue characters(List<CodeValue> codes) {
    StringBuilder text = new StringBuilder();
    for (CodeValue code : codes) {
      int c = code(code.text());
      if (c < 0) {
        return CodeValue.tainted(Flow.DECODED);
      }
      text.append((char) c);
    }
    return CodeValue.text(text.toString(), Flow.DECODED);
  }

  private static int code(@Nullable String number) {
    if (number == null || number.isEmpty() || number.length() > 6) {
      return -1;
    }
    try {
      int c =
          number.startsWith("0x")
              ? Integer.parseInt(number.substring(2), 16)
              : Integer.parseInt(number);
      return c > 0 && c < 0xD800 ? c : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static @Nullable CodeValue join(CodeValue callee, CodeValue list) {
    if (callee.self() == null && !callee.name().startsWith(".")) {
      return null;
    }
    if (!callee.items().isEmpty() && list.items().isEmpty()) {
      return joined(callee.items(), list.text() == null ? "," : list.text(), callee.taints());
    }
    if (callee.self() != null && callee.self().length() > 1 && "".equals(list.text())) {
      return CodeValue.text(callee.self(), callee.taints());
    }
    String glue = callee.self() == null ? "" : callee.self();
    if (list.items().isEmpty()) {
      return list.text() != null ? list : CodeValue.tainted(list.taints());
    }
    return joined(list.items(), glue, list.taints());
  }

  private static CodeValue joined(List<CodeValue> items, String glue, int taints) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < items.size(); i++) {
      String part = items.get(i).text();
      if (part == null || text.length() > MAX_TEXT) {
        return CodeValue.tainted(taints);
      }
      text.append(i == 0 ? "" : glue).append(part);
    }
    return CodeValue.text(text.toString(), taints);
  }

  /** {@code 'a'.concat('b')}. */
  private static @Nullable CodeValue added(CodeValue callee, List<CodeValue> arguments) {
    if (callee.self() == null) {
      return null;
    }
    CodeValue sum = CodeValue.text(callee.self(), callee.taints());
    for (CodeValue argument : arguments) {
      sum = sum.plus(argument);
    }
    return sum;
  }

  /** A text that is turned round. */
  private static @Nullable CodeValue turned(CodeValue callee) {
    return callee.self() == null
        ? null
        : CodeValue.text(
            new StringBuilder(callee.self()).reverse().toString(), callee.taints() | Flow.DECODED);
  }

  /** {@code codecs.decode(text, form)}. */
  private static CodeValue codec(List<CodeValue> arguments) {
    CodeValue text = arguments.get(0);
    String form = String.valueOf(arguments.get(1).text());
    return form.startsWith("rot")
        ? CodeTexts.rotated(text)
        : form.startsWith("hex")
            ? unhex(text)
            : form.startsWith("base64") || form.startsWith("b64")
                ? decode64(text)
                : CodeValue.tainted(text.taints() | Flow.DECODED);
  }

  private static @Nullable CodeValue self(CodeValue callee, List<CodeValue> arguments) {
    CodeValue first = arguments.isEmpty() ? CodeValue.UNKNOWN : arguments.get(0);
    if (callee.owner().equals("codecs") && arguments.size() > 1) {
      return codec(arguments);
    }
    if (callee.self() != null) {
      return CodeValue.text(callee.self(), callee.taints() | first.taints());
    }
    return callee.taints() == 0 ? null : CodeValue.tainted(callee.taints() | first.taints());
  }

  private static @Nullable CodeValue replace(CodeValue callee, List<CodeValue> arguments) {
    String self = callee.self();
    String from = arguments.size() == 2 ? arguments.get(0).text() : null;
    String to = arguments.size() == 2 ? arguments.get(1).text() : null;
    if (self == null || from == null || to == null || from.isEmpty()) {
      return null;
    }
    boolean small = self.length() < 4_000 && to.length() < 20;
    return small
        ? CodeValue.text(self.replace(from, to), callee.taints())
        : CodeValue.tainted(callee.taints());
  }

  private static CodeValue decode64(CodeValue value) {
    String decoded =
        value.text() == null || value.text().length() > MAX_TEXT
            ? null
            : Decoder.mime(value.text());
    return decoded == null
        ? CodeValue.tainted(value.taints() | Flow.DECODED)
        : CodeValue.text(decoded, Flow.DECODED);
  }

  private static CodeValue unhex(CodeValue value) {
    String text = value.text();
    return text == null || text.length() > MAX_TEXT
        ? CodeValue.tainted(value.taints() | Flow.DECODED)
        : CodeValue.text(Decoder.pairs(text), Flow.DECODED);
  }

  private static @Nullable CodeValue buffer(CodeValue callee, List<CodeValue> arguments) {
    if (!callee.name().equals("Buffer.from") || arguments.isEmpty()) {
      return null;
    }
    String form = arguments.size() > 1 ? String.valueOf(arguments.get(1).text()) : "";
    return form.equals("base64")
        ? decode64(arguments.get(0))
        : form.equals("hex") ? unhex(arguments.get(0)) : arguments.get(0);
  }
}
