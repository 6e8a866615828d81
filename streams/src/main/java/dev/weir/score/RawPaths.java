/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.LowerCase;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * What a bare web request does that a client of the same service has a command for, by its method
 * and the words of its path: {@code DELETE /v1/clusters/c-1} destroys a cluster. Linear in the
 * address, to 2,000 characters.
 */
final class RawPaths {
  private static final int MAX_TEXT = 2_000;
  private static final Set<String> INFRASTRUCTURE =
      Names.of(
          """
          clusters cluster databases database instances instance dbinstances buckets bucket
          namespaces volumes servers server droplets vms virtualmachines machines nodes
          nodepools tables topics queues functions deployments statefulsets daemonsets zones
          networks vpcs disks filesystems indices pools resourcegroups subscriptions apps
          containers images registries stacks environments workspaces tenants organizations
          orgs accounts dns_records recordsets loadbalancers certificates keyrings vaults
          managedzones hostedzone storageaccounts sqlservers services persistentvolumeclaims
          persistentvolumes
          """);
  private static final Set<String> BACKUPS =
      Names.of(
          """
          backups backup snapshots snapshot recoverypoints recovery-points restorepoints
          dbsnapshots archives
          """);
  private static final Set<String> GUARDS =
      Names.of(
          """
          protection rulesets protected_branches alerts alert-rules monitors detectors trails
          audit auditlogs audit-logs firewall firewalls policies webapplicationfirewall
          diagnosticsettings sinks loginsights metricalerts silences
          """);
  private static final Set<String> ENDS = Set.of("terminate", "destroy", "purge", "wipe", "erase");
  private static final Set<String> STOPS = Set.of("stop", "shutdown", "poweroff", "deallocate");

  private RawPaths() {}

  /** Marks what a changing request to another machine does. */
  static void mark(String method, String url, String body, Effects effects) {
    String text = LowerCase.of(url.substring(0, Math.min(MAX_TEXT, url.length())));
    int query = text.indexOf('?');
    String path = query < 0 ? text : text.substring(0, query);
    boolean deletes = method.equals("DELETE");
    for (StringTokenizer parts = new StringTokenizer(path, "/:"); parts.hasMoreTokens(); ) {
      String part = parts.nextToken();
      if (deletes && BACKUPS.contains(part)) {
        effects.mark(SHELL_DESTROYS_BACKUPS);
      } else if (deletes && INFRASTRUCTURE.contains(part)) {
        effects.mark(SHELL_DESTROYS_INFRASTRUCTURE);
      } else if (deletes && GUARDS.contains(part)) {
        effects.mark(SHELL_DISABLES_OVERSIGHT);
      } else if (ENDS.contains(part)) {
        effects.mark(SHELL_DESTROYS_INFRASTRUCTURE);
      } else if (STOPS.contains(part)) {
        effects.mark(SHELL_STOPS);
      }
    }
    body(path, body.substring(0, Math.min(MAX_TEXT, body.length())), method, effects);
  }

  private static void body(String path, String said, String method, Effects effects) {
    boolean deletes = method.equals("DELETE");
    boolean changes = method.equals("PATCH") || method.equals("PUT");
    String text = LowerCase.of(said).replace("\"", "").replace(" ", "").replace("=", ":");
    if (path.contains("/git/refs") && (deletes || text.contains("force:true"))) {
      effects.mark(SHELL_REWRITES);
    }
    boolean opens =
        text.contains("private:false")
            || text.contains("visibility:public")
            || text.contains("acl:public-read");
    if (opens && changes) {
      effects.mark(SHELL_EXPOSES);
    }
    if (text.contains("mutation") && text.contains("delete")) {
      effects.mark(SHELL_DELETES_REMOTE);
    }
    if (text.contains("enforcement:disabled") || text.contains("required_status_checks:null")) {
      effects.mark(SHELL_DISABLES_OVERSIGHT);
    }
  }
}
