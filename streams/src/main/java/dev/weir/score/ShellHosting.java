/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.score.ShellCatalog.Program;
import java.util.Map;
import java.util.Set;

/** Command lines of code-hosting services: repositories, people, secrets, releases. */
final class ShellHosting {
  private static final Set<String> READS =
      Names.of(
          """
          list view status diff checks search browse ls get show watch help --version
          version
          """);

  private ShellHosting() {}

  static void register(Map<String, Program> programs) {
    ShellCatalog.all(programs, ShellHosting::hosting, "gh glab tea bb");
    ShellCatalog.all(
        programs,
        ShellHosting::deploy,
        """
          vercel netlify heroku fly flyctl railway wrangler firebase surge serverless sls
          sam cdk amplify eb cf dokku now expo eas fastlane render
          """);
  }

  private static Flow hosting(ShellCommand c, ShellReader r) {
    String own = r.scope().function(c.name() + " " + c.operand(0));
    if (own != null) {
      String line = own.startsWith("!") ? own.substring(1) : c.name() + " " + own;
      return r.line(line + " " + ShellNames.quoted(c.words, 2));
    }
    if (c.operand(0).equals("alias") && c.operand(1).equals("set")) {
      r.scope().function(c.name() + " " + c.operand(2), c.operand(3));
    }
    String object = c.operand(0);
    String verb = c.operand(1);
    Effects effects = r.effects();
    if (object.equals("api")) {
      api(c, r);
    } else if (object.equals("auth") && verb.equals("token")) {
      effects.mark(SHELL_READS_SECRETS);
      return Flow.tainted(Flow.SECRET | Flow.LOCAL);
    } else if (!READS.contains(verb) && !READS.contains(object)) {
      effects.runs();
      change(c, object, verb, effects);
    }
    return Flow.UNKNOWN;
  }

  private static void change(ShellCommand c, String object, String verb, Effects effects) {
    boolean repository = object.equals("repo") || object.equals("project");
    visibility(c, repository, verb, effects);
    switch (verb) {
      case "delete", "remove", "archive" -> {
        effects.mark(SHELL_DELETES_REMOTE);
        if (repository) {
          effects.mark(SHELL_DESTROYS_REPOSITORY);
        }
      }
      case "merge" -> effects.mark(SHELL_MERGES);
      case "sync" -> effects.mark(c.has("--force") ? SHELL_REWRITES : SHELL_PUSHES);
      case "disable" ->
          effects.mark(object.equals("workflow") ? SHELL_DISABLES_OVERSIGHT : SHELL_POSTS);
      default -> object(c, object, verb, effects);
    }
  }

  private static void visibility(ShellCommand c, boolean repository, String verb, Effects effects) {
    boolean opens =
        c.option("--visibility").equals("public")
            || c.has("--public", "-p")
            || c.has("--visibility=public");
    if (opens && repository && !verb.equals("fork")) {
      effects.mark(verb.equals("create") ? SHELL_PUBLISHES : SHELL_EXPOSES);
    }
  }

  private static void object(ShellCommand c, String object, String verb, Effects effects) {
    switch (object) {
      case "secret", "variable" -> effects.mark(SHELL_STORES_SECRETS);
      case "release" -> effects.mark(SHELL_PUBLISHES);
      case "ssh-key", "gpg-key", "deploy-key" -> effects.mark(SHELL_GRANTS);
      case "workflow", "run", "ci", "pipeline" -> effects.mark(SHELL_CHANGES_INFRASTRUCTURE);
      case "gist", "snippet" -> effects.uploads(Distance.EXTERNAL, 0);
      case "ruleset" -> effects.mark(SHELL_DISABLES_OVERSIGHT);
      default ->
          effects.mark(
              verb.equals("clone") || verb.equals("checkout") || object.equals("auth")
                  ? SHELL_NETWORK
                  : SHELL_POSTS);
    }
    if (verb.equals("deploy-key")
        || object.equals("member")
        || verb.equals("share")
        || verb.equals("invite")) {
      effects.mark(SHELL_GRANTS);
    }
    if (object.equals("gist") && c.has("-p", "--public")) {
      effects.mark(SHELL_PUBLISHES);
    }
  }

  private static void api(ShellCommand c, ShellReader r) {
    String method = Letters.upper(c.option("-X", "--method"));
    boolean body = c.has("-f", "-F", "--field", "--raw-field", "--input");
    if ((method.isEmpty() && !body) || method.equals("GET")) {
      return;
    }
    String path = "";
    for (String operand : c.operands(2)) {
      path = path.isEmpty() && operand.indexOf('/') >= 0 ? operand : path;
    }
    request(method, path, c.rest(1), r.effects());
  }

  /** The same by a web address, where it is of such a service's interface. */
  static void address(String method, String url, Effects effects) {
    String host = Urls.host(url);
    int from = host.isEmpty() ? -1 : url.indexOf(host) + host.length();
    String path = from < 0 || from >= url.length() ? "" : url.substring(from);
    path = path.startsWith("/api/v") ? path.substring(path.indexOf('/', 5) + 1) : path;
    String bare = path.startsWith("/") ? path.substring(1) : path;
    if (bare.startsWith("v4/") || bare.startsWith("v3/")) {
      bare = bare.substring(3);
    }
    boolean cluster = path.contains("/namespaces") || path.contains("/apis/");
    if (cluster && method.equals("DELETE")) {
      effects.mark(SHELL_DESTROYS_INFRASTRUCTURE);
      effects.mark(SHELL_IRREVERSIBLE);
    }
    if (bare.startsWith("repos/") || bare.startsWith("projects/")) {
      request(method, bare, "", effects);
    }
  }

  /** What a changing request to a code-hosting service does, by its path. */
  static void request(String method, String path, String body, Effects effects) {
    effects.mark(SHELL_POSTS);
    RawPaths.mark(method, path, body, effects);
    String text = body.length() < 2_000 ? body : body.substring(0, 2_000);
    if (method.equals("DELETE")) {
      effects.mark(SHELL_DELETES_REMOTE);
      String bare = path.startsWith("/") ? path.substring(1) : path;
      boolean whole =
          (bare.startsWith("repos/") && bare.split("/", 5).length == 3)
              || (bare.startsWith("projects/") && bare.split("/", 4).length == 2);
      if (whole) {
        effects.mark(SHELL_DESTROYS_REPOSITORY);
      }
      if (path.contains("/protection")
          || path.contains("/rulesets")
          || path.contains("protected_branches")) {
        effects.mark(SHELL_DISABLES_OVERSIGHT);
      }
    } else if (path.contains("/collaborators")
        || path.contains("/members")
        || path.contains("/keys")
        || path.contains("/memberships")
        || path.contains("/invitations")) {
      effects.mark(SHELL_GRANTS);
    } else if (text.contains("private=false") || text.contains("visibility=public")) {
      effects.mark(SHELL_EXPOSES);
    } else if (path.contains("/merge")) {
      effects.mark(SHELL_MERGES);
    }
  }

  private static Flow deploy(ShellCommand c, ShellReader r) {
    boolean reads =
        c.has(
            "logs",
            "list",
            "ls",
            "status",
            "whoami",
            "--help",
            "diff",
            "synth",
            "info",
            "dev",
            "local",
            "--version",
            "login",
            "init");
    r.effects().runs();
    if (c.has(
        "destroy",
        "delete",
        "remove",
        "rm",
        "apps:destroy",
        "terminate",
        "pg:reset",
        "--confirm")) {
      r.effects().mark(SHELL_DESTROYS_INFRASTRUCTURE);
    } else if (!reads) {
      r.effects().mark(SHELL_CHANGES_INFRASTRUCTURE);
    }
    return Flow.UNKNOWN;
  }
}
