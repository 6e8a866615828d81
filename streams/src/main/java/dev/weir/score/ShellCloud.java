/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.score.ShellCatalog.Program;
import java.util.Map;

/** Cloud providers' command lines, by the verbs that they share. */
final class ShellCloud {
  private static final String[] DESTROYS = {
    "delete", "terminate", "destroy", "purge", "deregister", "rb", "remove-", "release-"
  };
  private static final String[] READS =
      Names.array(
          """
          describe list get ls show head view help wait check search lookup batch-get
          select filter tail simulate configure config login account version query scan
          info print validate test
          """);
  private static final String[] GRANTS =
      Names.array(
          """
          attach-user-policy attach-role-policy attach-group-policy put-user-policy
          put-role-policy put-group-policy create-access-key add-user-to-group
          create-login-profile update-login-profile update-assume-role-policy
          create-policy-version add-iam-policy-binding set-iam-policy add-role-to
          create-user add-permission create-service-specific create-for-rbac
          reset-credentials
          """);
  private static final String[] BLINDS =
      Names.array(
          """
          stop-logging delete-trail delete-detector disable-security-hub delete-flow-logs
          delete-alarms disable-alarm-actions stop-configuration-recorder
          delete-configuration-recorder delete-log-group delete-log-stream
          disassociate-from-master disable-macie put-event-selectors delete-metric-filter
          disable-rule update-trail update-detector delete-config-rule
          """);
  private static final String[] BACKUPS = {"snapshot", "backup", "recovery-point"};
  private static final String[] FINAL = {
    "skip-final-snapshot",
    "force-delete-without-recovery",
    "schedule-key-deletion",
    "delete-object-version",
    "disable-key",
    "purge",
    "--force",
    "delete-automated-backups"
  };

  private ShellCloud() {}

  static void register(Map<String, Program> programs) {
    ShellCatalog.all(
        programs,
        ShellCloud::aws,
        """
        aws awslocal aliyun oci ibmcloud tencentcloud doctl linode-cli hcloud scw
        openstack nova yc vultr-cli databricks
        """);
    ShellCatalog.all(programs, ShellCloud::gcloud, "gcloud az bq");
  }

  private static boolean any(ShellCommand c, int from, int to, String... heads) {
    for (int i = from; i < Math.min(to, c.size()); i++) {
      for (String head : heads) {
        if (c.word(i).startsWith(head)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether one of its words has one of these parts. */
  static boolean contains(ShellCommand c, String... parts) {
    for (int i = 1; i < c.size(); i++) {
      for (String part : parts) {
        if (c.word(i).contains(part)) {
          return true;
        }
      }
    }
    return false;
  }

  private static Flow aws(ShellCommand c, ShellReader r) {
    String service = c.operand(0);
    String alias = ShellLater.alias(service, r);
    if (alias != null) {
      String rest = ShellNames.quoted(c.words, c.words.indexOf(service) + 1);
      return r.line(alias.startsWith("!") ? alias.substring(1) : "aws " + alias + " " + rest);
    }
    if (service.equals("s3")) {
      return ShellBuckets.storage(c, r);
    }
    return act(c, 1, r);
  }

  private static Flow gcloud(ShellCommand c, ShellReader r) {
    if (c.operand(0).equals("storage") && any(c, 1, 5, "cp", "rm", "mv", "rsync", "upload")) {
      return ShellBuckets.storage(c, r);
    }
    if (c.has("run-command", "ssh", "exec")) {
      r.effects().mark(SHELL_REMOTE);
      String line = c.option("--scripts", "--command");
      return line.isEmpty() ? Flow.UNKNOWN : r.line(line);
    }
    return act(c, 1, r);
  }

  private static Flow act(ShellCommand c, int from, ShellReader r) {
    Effects effects = r.effects();
    int to = from + 7;
    if (secrets(c)) {
      effects.mark(SHELL_READS_SECRETS);
      return Flow.tainted(Flow.SECRET | Flow.LOCAL);
    }
    boolean blinds =
        any(c, from, to, BLINDS)
            || (any(c, from, to, "delete")
                && contains(
                    c, "logging", "diagnostic-settings", "security", "alert", "monitor", "sink"));
    if (blinds) {
      effects.mark(SHELL_DISABLES_OVERSIGHT);
    }
    if (grants(c, from, to)) {
      effects.mark(SHELL_GRANTS);
    }
    if (exposes(c)) {
      effects.mark(SHELL_EXPOSES);
    }
    change(c, from, to, effects, blinds);
    return Flow.UNKNOWN;
  }

  private static boolean secrets(ShellCommand c) {
    return (c.has(
                "get-secret-value",
                "batch-get-secret-value",
                "get-session-token",
                "assume-role",
                "get-password-data",
                "print-access-token",
                "get-access-token",
                "print-identity-token",
                "get-credentials",
                "get-login-password")
            && !c.has("container", "clusters", "aks"))
        || (c.has("secret", "secrets") && c.has("access", "show", "download"))
        || (c.has("get-parameter", "get-parameters", "get-parameters-by-path")
            && c.has("--with-decryption"))
        || (c.has("keys", "list-keys") && c.has("list", "storage") && c.has("storage"));
  }

  private static boolean grants(ShellCommand c, int from, int to) {
    return any(c, from, to, GRANTS)
        || (c.has("role") && c.has("assignment") && c.has("create"))
        || (c.has("keys") && c.has("create"))
        || (c.has("credential") && c.has("reset"))
        || (c.has("member") && c.has("add"));
  }

  /** Whether it opens something to everybody. */
  static boolean exposes(ShellCommand c) {
    boolean world =
        contains(
            c,
            "0.0.0.0/0",
            "::/0",
            "allUsers",
            "allAuthenticatedUsers",
            "AllUsers",
            "public-read",
            "public-access-block",
            "\"Principal\":\"*\"",
            "\"Principal\": \"*\"",
            "--publicly-accessible",
            "--allow-unauthenticated");
    boolean changes =
        any(
                c,
                1,
                8,
                "put-",
                "authorize-",
                "modify-",
                "create",
                "add-",
                "set-",
                "update",
                "delete-public",
                "cp",
                "deploy",
                "iam",
                "sync",
                "mb",
                "acl",
                "revoke",
                "access")
            && !any(c, 1, 8, "revoke");
    boolean blob =
        (c.has("--public-access") && !c.option("--public-access").equals("off"))
            || c.has("--public-access=blob");
    boolean policy =
        any(
            c,
            1,
            8,
            "put-bucket-policy",
            "put-bucket-acl",
            "put-object-acl",
            "modify-snapshot-attribute",
            "modify-image-attribute",
            "put-resource-policy");
    return (world && changes) || blob || policy;
  }

  private static void change(ShellCommand c, int from, int to, Effects effects, boolean blinds) {
    boolean destroys =
        any(c, from, to, DESTROYS) || any(c, from, to, "schedule-key-deletion", "disable-key");
    boolean dry = c.has("--dry-run", "--dryrun", "--help", "help");
    boolean reads =
        any(c, from, to, READS)
            && !destroys
            && !any(
                c, from, to, "create", "update", "put-", "set-", "run-", "start-", "stop-", "add-",
                "modify-", "attach-", "import", "invoke", "send-", "deploy", "apply");
    if (dry || reads || c.size() < 3) {
      effects.runs();
      return;
    }
    if (destroys && !blinds) {
      effects.mark(SHELL_DESTROYS_INFRASTRUCTURE);
      if (contains(c, BACKUPS) && !c.has("--skip-final-snapshot")) {
        effects.mark(SHELL_DESTROYS_BACKUPS);
      }
      if (contains(c, FINAL)) {
        effects.mark(SHELL_IRREVERSIBLE);
      }
    } else if (c.has(
        "stop-instances",
        "stop",
        "deallocate",
        "reboot-instances",
        "stop-db-instance",
        "set-desired-capacity",
        "stop-db-cluster")) {
      effects.mark(SHELL_STOPS_MACHINE);
    } else if (!destroys) {
      effects.mark(SHELL_CHANGES_INFRASTRUCTURE);
    }
  }
}
