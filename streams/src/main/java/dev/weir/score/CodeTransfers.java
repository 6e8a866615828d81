/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.LowerCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a program's calls send to other machines, and what comes back. */
record CodeTransfers(CodeReader reader) {
  private static final Set<String> CLIENTS =
      Names.of(
          """
          requests httpx axios http https urllib.request urllib2 urllib session client got
          superagent needle ky aiohttp request urllib3 requests.Session s sess http_client
          node-fetch
          """);

  @org.jspecify.annotations.Nullable
  CodeValue transfer(
      CodeValue callee, String member, List<CodeValue> arguments, Map<String, CodeValue> named) {
    String owner = callee.owner();
    boolean client = CLIENTS.contains(owner) || owner.endsWith("HTTP") || owner.endsWith("LWP");
    String address = arguments.isEmpty() ? null : arguments.get(0).text();
    if (member.equals("file_get_contents") && address != null && address.indexOf("://") < 0) {
      return null;
    }
    boolean socket =
        owner.equals("TCPSocket") || owner.equals("UDPSocket") || owner.equals("TCPServer");
    if (socket && (member.equals("open") || member.equals("new"))) {
      return network(arguments, owner);
    }
    if (member.equals("open") && address != null && address.indexOf("://") > 0) {
      return speak(callee, member, arguments, named);
    }
    switch (member) {
      case "urlopen",
          "urlretrieve",
          "fetch",
          "axios",
          "create_connection",
          "Request",
          "WebSocket",
          "request",
          "got",
          "file_get_contents",
          "DownloadString",
          "ClientSession",
          "connect_ex",
          "createConnection" -> {
        return speak(callee, member, arguments, named);
      }
      case "get",
          "post",
          "put",
          "patch",
          "delete",
          "head",
          "stream",
          "send",
          "sendall",
          "sendto",
          "sendmail",
          "send_message",
          "storbinary",
          "upload",
          "upload_file",
          "upload_fileobj",
          "put_object",
          "upload_folder",
          "connect" -> {
        boolean web =
            client
                || member.equals("getstore")
                || (!arguments.isEmpty() && isAddress(arguments.get(0)))
                || (sends(member) && reader.facts().marked(CODE_NETWORK))
                || (member.startsWith("connect") && hasSockets());
        if (web && member.startsWith("connect")) {
          handsShell();
        }
        return web ? speak(callee, member, arguments, named) : null;
      }
      case "fwrite", "fputs", "socket_write", "syswrite", "puts" -> {
        int taints = CodeValue.list(arguments).taints() & (Flow.LOCAL | Flow.SECRET);
        if (taints != 0 && reader.facts().marked(CODE_NETWORK)) {
          reader.facts().mark(CODE_UPLOADS);
          reader.effects().uploads(Distance.EXTERNAL, taints);
        }
        return null;
      }
      case "SMTP",
          "SMTP_SSL",
          "FTP",
          "SSHClient",
          "socket",
          "Socket",
          "fsockopen",
          "pfsockopen",
          "TCPSocket",
          "stream_socket_client" -> {
        return network(arguments, owner);
      }
      case "push_to_hub" -> {
        reader.effects().mark(SHELL_PUBLISHES);
        reader.effects().mark(SHELL_COPIES_WEIGHTS);
        return CodeValue.UNKNOWN;
      }
      default -> {
        return null;
      }
    }
  }

  private CodeValue network(List<CodeValue> arguments, String owner) {
    reader.facts().mark(CODE_NETWORK);
    reader.effects().mark(SHELL_NETWORK);
    handsShell();
    String host = arguments.isEmpty() ? null : arguments.get(0).text();
    if (host != null && host.indexOf('.') > 0) {
      reader.effects().host(LowerCase.of(host));
    }
    return CodeValue.named(owner.isEmpty() ? "socket" : owner);
  }

  private boolean hasSockets() {
    CodeFacts facts = reader.facts();
    return facts.imports("socket") || facts.imports("net") || facts.imports("tls");
  }

  /** A shell that was started hears what another machine says. */
  private void handsShell() {
    if (reader.facts().shellStarted()) {
      reader.effects().mark(SHELL_REMOTE_SHELL);
    }
  }

  private static boolean sends(String member) {
    return member.startsWith("send")
        || member.startsWith("stor")
        || member.startsWith("upload")
        || member.equals("put_object");
  }

  private static boolean isAddress(CodeValue value) {
    return value.text() != null && value.text().startsWith("http");
  }

  private CodeValue speak(
      CodeValue callee, String member, List<CodeValue> arguments, Map<String, CodeValue> named) {
    reader.facts().mark(CODE_NETWORK);
    Effects effects = reader.effects();
    effects.mark(SHELL_NETWORK);
    int taints = CodeValue.list(arguments).taints() | (callee.taints() & Flow.SECRET);
    for (CodeValue value : named.values()) {
      taints |= value.taints();
    }
    Distance distance = distance(arguments, named, effects);
    String method =
        named.containsKey("method")
            ? Letters.upper(String.valueOf(named.get("method").text()))
            : member.equals("request") ? verb(arguments) : Letters.upper(member);
    boolean body =
        named.containsKey("data")
            || named.containsKey("json")
            || named.containsKey("files")
            || named.containsKey("body")
            || sends(member)
            || method.equals("POST")
            || method.equals("PUT")
            || method.equals("PATCH")
            || (member.equals("urlopen") && arguments.size() > 1);
    if ((taints & (Flow.LOCAL | Flow.SECRET)) != 0) {
      effects.uploads(distance, taints);
    }
    if (body) {
      reader.facts().mark(CODE_UPLOADS);
      posts(distance, effects);
    }
    if (distance != Distance.LOOPBACK && (body || method.equals("DELETE"))) {
      RawPaths.mark(method, address(arguments, named), said(named), effects);
    }
    if (method.equals("DELETE") && distance != Distance.LOOPBACK) {
      effects.mark(SHELL_DELETES_REMOTE);
      posts(distance, effects);
    }
    int origin = distance == Distance.LOOPBACK ? 0 : Flow.DOWNLOADED;
    String saved =
        member.equals("urlretrieve") && arguments.size() > 1 ? arguments.get(1).text() : null;
    if (saved != null) {
      reader.scope().file(saved, Flow.tainted(origin));
    }
    return CodeValue.tainted(origin);
  }

  /** {@code request('DELETE', …)}. */
  private static String verb(List<CodeValue> arguments) {
    String first = arguments.isEmpty() ? null : arguments.get(0).text();
    return first == null || first.length() > 8 ? "REQUEST" : Letters.upper(first);
  }

  private static String address(List<CodeValue> arguments, Map<String, CodeValue> named) {
    for (CodeValue value : arguments) {
      String text = value.text();
      if (text != null && (text.startsWith("http") || text.startsWith("/"))) {
        return text;
      }
    }
    CodeValue url = named.get("url");
    return url == null || url.text() == null ? "" : url.text();
  }

  /** The names and texts that are sent, as far as they are known. */
  private static String said(Map<String, CodeValue> named) {
    StringBuilder all = new StringBuilder();
    for (Map.Entry<String, CodeValue> e : named.entrySet()) {
      String text = e.getValue().text();
      String said = text == null ? e.getValue().name() : text;
      if (all.length() < 1_000 && said.length() < 500) {
        all.append(e.getKey()).append(':').append(said).append(' ');
      }
    }
    return all.toString();
  }

  private static void posts(Distance distance, Effects effects) {
    if (distance != Distance.LOOPBACK) {
      effects.mark(SHELL_POSTS);
    }
  }

  private static Distance distance(
      List<CodeValue> arguments, Map<String, CodeValue> named, Effects effects) {
    List<CodeValue> all = new ArrayList<>(arguments);
    all.addAll(arguments.isEmpty() ? List.of() : arguments.get(0).items());
    if (named.containsKey("url")) {
      all.add(named.get("url"));
    }
    for (CodeValue value : all) {
      String text = value.text();
      if (text != null
          && text.length() < 2_000
          && (text.contains("://") || text.indexOf('.') > 0 || text.equals("localhost"))) {
        return effects.host(Distance.host(text));
      }
    }
    return Distance.EXTERNAL;
  }
}
