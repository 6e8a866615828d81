/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.LowerCase;
import dev.weir.score.ShellCatalog.Program;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;

/** Programs that speak to other machines: what goes out, what comes in, who may connect. */
final class ShellNetwork {
  private static final Set<String> READ_METHODS = Set.of("GET", "HEAD", "OPTIONS", "");

  private ShellNetwork() {}

  static void register(Map<String, Program> programs) {
    ShellCatalog.all(
        programs,
        ShellNetwork::http,
        """
        curl wget aria2c http https httpie xh fetch axel lynx w3m elinks links iwr irm
        invoke-webrequest invoke-restmethod start-bitstransfer bitsadmin lwp-request
        curlie
        """);
    ShellCatalog.all(
        programs,
        ShellNetwork::socket,
        "nc ncat netcat socat telnet openssl-client websocat cryptcat");
    ShellCatalog.all(
        programs,
        ShellNetwork::copy,
        """
        scp rsync sftp rclone croc magic-wormhole wormhole ftp lftp ncftpput tftp
        smbclient
        """);
    ShellCatalog.all(
        programs, ShellNetwork::backup, "restic borg duplicity kopia rustic bup tarsnap");
    ShellCatalog.all(
        programs,
        ShellNetwork::name,
        """
        dig nslookup host ping ping6 drill traceroute resolve-dnsname whois mtr
        """);
    ShellCatalog.all(
        programs, ShellNetwork::mail, "mail mailx sendmail mutt msmtp swaks send-mailmessage");
    ShellCatalog.all(
        programs,
        ShellNetwork::scan,
        """
        nmap masscan zmap hydra sqlmap medusa nikto tcpdump tshark arpspoof responder
        crackmapexec john hashcat msfconsole metasploit mimikatz bettercap aircrack-ng
        gobuster ffuf wfuzz
        """);
    ShellCatalog.all(
        programs,
        ShellNetwork::tunnel,
        """
        ngrok cloudflared chisel localtunnel frpc bore tailscale zerotier-cli
        """);
  }

  private static Flow http(ShellCommand c, ShellReader r) {
    ShellRequest request = new ShellRequest();
    for (int i = 1; i < c.size(); i++) {
      request.read(c, i, r);
    }
    Effects effects = r.effects();
    effects.mark(SHELL_NETWORK);
    boolean sends =
        request.file
            || (r.input().is(Flow.LOCAL | Flow.SECRET) && request.body)
            || (request.taints & (Flow.LOCAL | Flow.SECRET)) != 0;
    if (sends) {
      effects.uploads(request.distance, request.taints | (request.body ? r.input().taints() : 0));
    }
    boolean changes = request.body || !READ_METHODS.contains(request.method);
    if (changes && request.distance != Distance.LOOPBACK) {
      effects.mark(SHELL_POSTS);
    }
    if (changes && request.distance != Distance.LOOPBACK) {
      ShellHosting.address(request.method, request.url, effects);
      RawPaths.mark(request.method, request.url, request.said, effects);
    }
    if (request.method.equals("DELETE") && request.distance != Distance.LOOPBACK) {
      effects.mark(SHELL_DELETES_REMOTE);
    }
    return save(request, r);
  }

  private static Flow save(ShellRequest request, ShellReader r) {
    int taints = request.distance == Distance.LOOPBACK ? 0 : Flow.DOWNLOADED;
    Flow content = Flow.tainted(taints);
    if (!request.output.isEmpty() && !request.output.equals("-")) {
      r.effects().writes(request.output, r.scope().folder());
      r.scope().file(request.output, content);
      return Flow.EMPTY;
    }
    if (!request.url.isEmpty() && !r.input().is(Flow.LOCAL)) {
      String path = request.url.substring(request.url.lastIndexOf('/') + 1);
      int query = path.indexOf('?');
      String file = query < 0 ? path : path.substring(0, query);
      if (!file.isEmpty()) {
        r.scope().file(file, content);
      }
    }
    return content;
  }

  static Flow socket(ShellCommand c, ShellReader r) {
    Effects effects = r.effects();
    effects.mark(SHELL_NETWORK);
    boolean executes =
        c.has("-e", "-c", "--exec", "--sh-exec")
            || (c.hasLetter('e') && !c.has("s_client") && !c.name().endsWith("socat"))
            || anyPrefix(c, "exec:", "system:");
    boolean listens =
        (c.hasLetter('l') && !c.has("s_client"))
            || anyPrefix(c, "tcp-listen", "tcp4-listen", "udp-listen", "openssl-listen");
    boolean checks = c.hasLetter('z');
    if (listens) {
      effects.mark(SHELL_LISTENS);
    }
    if (executes || ShellCatalog.isShell(r.before())) {
      effects.mark(SHELL_REMOTE_SHELL);
      return Flow.UNKNOWN;
    }
    Distance distance = listens || checks ? Distance.LOOPBACK : effects.host(target(c));
    if (r.input().is(Flow.LOCAL | Flow.SECRET)) {
      effects.uploads(distance, r.input().taints());
    }
    return Flow.tainted(Flow.DOWNLOADED);
  }

  /** One language's streams that are other machines: what is said is sent, or what comes is run. */
  static void inet(String program, ShellReader r) {
    r.effects().runs();
    r.effects().mark(SHELL_NETWORK);
    if (program.contains("getline")) {
      r.effects().mark(SHELL_REMOTE_SHELL);
    } else {
      r.effects().uploads(Distance.EXTERNAL, r.input().taints());
    }
  }

  private static boolean anyPrefix(ShellCommand c, String... prefixes) {
    for (int i = 1; i < c.size(); i++) {
      String word = LowerCase.of(c.word(i));
      for (String prefix : prefixes) {
        if (word.startsWith(prefix)) {
          return true;
        }
      }
    }
    return false;
  }

  private static String target(ShellCommand c) {
    String named = c.option("-connect");
    if (!named.isEmpty()) {
      return Distance.host(named);
    }
    for (String word : c.operands(1)) {
      if (!ShellText.isNumber(word) && word.length() > 1) {
        String[] parts = word.split(":", 3);
        return c.name().endsWith("socat") && parts.length > 1 ? parts[1] : Distance.host(word);
      }
    }
    return "";
  }

  private static Flow copy(ShellCommand c, ShellReader r) {
    Effects effects = r.effects();
    effects.runs();
    String said = c.option("-c", "-e").strip();
    if (said.startsWith("!")) {
      r.line(said.substring(1));
    }
    List<String> targets = c.operands(1);
    String last = targets.isEmpty() ? "" : targets.get(targets.size() - 1);
    boolean puts = puts(c, r);
    boolean out = isRemote(last) || targets.isEmpty() || puts;
    boolean in = targets.stream().anyMatch(t -> isRemote(t)) && !out;
    if (c.has("--delete", "--delete-after", "--delete-before", "--delete-excluded")
        || c.word(1).equals("purge")
        || c.word(1).equals("sync")) {
      boolean whole = c.word(1).equals("purge") && isRemote(last);
      effects.mark(whole ? SHELL_DESTROYS_INFRASTRUCTURE : SHELL_WRITES);
      effects.deletes(isRemote(last) ? "./x" : last, r.scope().folder(), true);
    }
    if (!out && !in) {
      effects.appends(last, r.scope().folder());
      return Flow.EMPTY;
    }
    effects.mark(SHELL_NETWORK);
    if (out) {
      weights(targets, r);
      effects.uploads(effects.host(Distance.host(last)), 0);
    } else {
      r.scope().file(last, Flow.tainted(Flow.DOWNLOADED));
    }
    return Flow.EMPTY;
  }

  /** A session's lines, or its options, say that files are put over there. */
  private static boolean puts(ShellCommand c, ShellReader r) {
    String fed = r.input().text();
    String said = fed == null || fed.length() > 4_000 ? "" : fed;
    boolean puts =
        c.has("put", "mput", "-T") || said.contains("put ") || said.contains("mirror -R");
    if (puts) {
      for (StringTokenizer words = new StringTokenizer(said + " " + c.rest(1));
          words.hasMoreTokens(); ) {
        String word = words.nextToken();
        Flow known = r.scope().file(word);
        if (r.effects().reads(word) || (known != null && known.is(Flow.SECRET))) {
          r.effects().mark(SHELL_READS_SECRETS);
        }
      }
    }
    return puts;
  }

  private static Flow backup(ShellCommand c, ShellReader r) {
    r.effects().runs();
    String place = c.option("-r", "--repo", "--repository");
    boolean away = isRemote(place) || c.operands(1).stream().anyMatch(ShellNetwork::isRemote);
    if (c.has("forget", "prune", "delete", "purge", "remove")) {
      r.effects().mark(SHELL_DESTROYS_BACKUPS);
    } else if (away && c.has("backup", "create", "snapshot", "put", "save", "full", "init")) {
      r.effects().mark(SHELL_NETWORK);
      r.effects().uploads(r.effects().host(Distance.host(place)), 0);
    }
    return Flow.UNKNOWN;
  }

  private static void weights(List<String> targets, ShellReader r) {
    if (targets.stream().anyMatch(Landmarks::isWeights)) {
      r.effects().mark(SHELL_COPIES_WEIGHTS);
    }
  }

  private static boolean isRemote(String word) {
    int colon = word.indexOf(':');
    boolean drive = colon == 1;
    return colon > 0 && !drive && !word.startsWith("/") && !word.startsWith("./");
  }

  private static Flow name(ShellCommand c, ShellReader r) {
    r.effects().mark(SHELL_NETWORK);
    for (int i = 1; i < c.size(); i++) {
      int taints = Flow.taints(c.word(i));
      if ((taints & (Flow.LOCAL | Flow.SECRET)) != 0) {
        r.effects().uploads(Distance.EXTERNAL, taints);
      }
      if (c.word(i).indexOf('.') > 0 && !c.word(i).startsWith("-")) {
        r.effects().host(Distance.host(c.word(i)));
      }
    }
    return c.has("txt", "TXT", "-t", "-type=txt") ? Flow.tainted(Flow.DOWNLOADED) : Flow.UNKNOWN;
  }

  private static Flow mail(ShellCommand c, ShellReader r) {
    r.effects().mark(SHELL_NETWORK);
    r.effects().mark(SHELL_POSTS);
    if (r.input().is(Flow.LOCAL | Flow.SECRET) || c.has("-a", "-A", "--attach")) {
      r.effects().uploads(Distance.EXTERNAL, r.input().taints());
    }
    return Flow.EMPTY;
  }

  private static Flow scan(ShellCommand c, ShellReader r) {
    r.effects().mark(SHELL_NETWORK);
    r.effects().mark(SHELL_ATTACKS);
    c.operands(1).stream()
        .filter(w -> w.indexOf('.') > 0 && w.indexOf('/') < 0)
        .forEach(w -> r.effects().host(Distance.host(w)));
    return Flow.UNKNOWN;
  }

  private static Flow tunnel(ShellCommand c, ShellReader r) {
    r.effects().mark(SHELL_NETWORK);
    r.effects().mark(SHELL_LISTENS);
    if (c.has("tcp", "http", "tunnel", "funnel", "client")) {
      r.effects().mark(SHELL_EXPOSES);
    }
    return Flow.UNKNOWN;
  }
}
