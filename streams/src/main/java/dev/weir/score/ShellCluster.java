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

/** Kubernetes and its like: what is deleted, changed, granted or read in a cluster. */
final class ShellCluster {
  private static final Set<String> VALUED =
      Names.of(
          """
          -n --namespace --context --kubeconfig -f --filename -l --selector -o --output -c
          --container --cluster --user --token -s --server --as --replicas -p --patch
          --type --image
          """);
  private static final Set<String> READS =
      Names.of(
          """
          get describe logs top explain version api-resources cluster-info diff wait
          api-versions auth list status history show template lint search ls events whoami
          repo dependency pull
          """);
  private static final Set<String> SMALL =
      Names.of(
          """
          pod pods po job jobs replicaset rs event events endpoints configmap cm
          """);

  private ShellCluster() {}

  static void register(Map<String, Program> programs) {
    ShellCatalog.all(programs, ShellCluster::cluster, "kubectl oc k k3s microk8s kubecolor");
    ShellCatalog.all(
        programs, ShellCluster::helm, "helm helmfile kustomize argocd flux skaffold istioctl");
    ShellCatalog.all(
        programs,
        ShellCluster::provision,
        """
          kops kubeadm eksctl kind minikube k3d rancher talosctl etcdctl nomad consul
          velero docker-machine
          """);
  }

  private static Flow cluster(ShellCommand c, ShellReader r) {
    int at = 1;
    while (at < c.size()
        && (c.word(at).startsWith("-")
            || c.word(at).equals("kubectl")
            || c.word(at).equals("adm"))) {
      at += VALUED.contains(c.word(at)) ? 2 : 1;
    }
    String verb = c.word(at);
    if (c.has("--all", "-A", "--all-namespaces") && !READS.contains(verb)) {
      r.effects().mark(SHELL_EVERYTHING);
    }
    if (READS.contains(verb)) {
      return read(c, r);
    }
    r.effects().runs();
    boolean dry = c.hasPrefix("--dry-run") && !c.has("--dry-run=none");
    if (!dry) {
      act(c, verb, at, r);
    }
    return Flow.UNKNOWN;
  }

  private static Flow read(ShellCommand c, ShellReader r) {
    boolean secrets =
        anyResource(c, "secret")
            && (c.hasLetter('o') || c.hasPrefix("--output") || c.hasPrefix("-o"));
    if (secrets && !c.has("name", "wide")) {
      r.effects().mark(SHELL_READS_SECRETS);
      return Flow.tainted(Flow.SECRET | Flow.LOCAL);
    }
    return Flow.tainted(Flow.LOCAL);
  }

  private static boolean anyResource(ShellCommand c, String kind) {
    for (int i = 1; i < c.size(); i++) {
      String word = c.word(i);
      if (word.startsWith(kind) || word.contains("," + kind)) {
        return true;
      }
    }
    return false;
  }

  private static void act(ShellCommand c, String verb, int at, ShellReader r) {
    Effects effects = r.effects();
    switch (verb) {
      case "delete" -> delete(c, at, effects);
      case "drain", "evict" -> effects.mark(SHELL_STOPS_MACHINE);
      case "cordon", "uncordon", "taint" -> effects.mark(SHELL_CHANGES_INFRASTRUCTURE);
      case "exec", "debug" -> enter(c, at, r);
      case "run" -> enter(c, at, r);
      case "cp" -> effects.mark(SHELL_WRITES);
      case "port-forward", "proxy" -> effects.mark(SHELL_LISTENS);
      case "expose" -> effects.mark(SHELL_CHANGES_INFRASTRUCTURE);
      case "config" -> {
        if (c.has("--raw")) {
          effects.mark(SHELL_READS_SECRETS);
        }
      }
      case "create",
          "apply",
          "replace",
          "patch",
          "edit",
          "set",
          "annotate",
          "label",
          "rollout",
          "autoscale",
          "policy" ->
          change(c, effects, r);
      case "scale" -> {
        effects.mark(
            c.has("--replicas=0") || c.option("--replicas").equals("0")
                ? SHELL_STOPS
                : SHELL_CHANGES_INFRASTRUCTURE);
        effects.mark(SHELL_CHANGES_INFRASTRUCTURE);
      }
      default -> effects.runs();
    }
  }

  private static void delete(ShellCommand c, int at, Effects effects) {
    String kind = c.word(at + 1).startsWith("-") ? c.operand(1) : c.word(at + 1);
    int slash = kind.indexOf('/');
    String bare = LowerCase.of(slash > 0 ? kind.substring(0, slash) : kind);
    boolean all = c.has("--all", "-A", "--all-namespaces");
    effects.mark(SMALL.contains(bare) && !all ? SHELL_STOPS : SHELL_DESTROYS_INFRASTRUCTURE);
    if (bare.startsWith("pv")
        || bare.startsWith("persistentvolume")
        || bare.startsWith("ns")
        || bare.startsWith("namespace")) {
      effects.mark(SHELL_IRREVERSIBLE);
    }
    if (bare.contains("webhook") || bare.contains("policy") || bare.contains("policies")) {
      effects.mark(SHELL_DISABLES_OVERSIGHT);
    }
  }

  private static void enter(ShellCommand c, int at, ShellReader r) {
    r.effects().mark(SHELL_REMOTE);
    if ((c.hasPrefix("--overrides") && c.rest(at).contains("privileged"))
        || (c.word(at).equals("debug") && c.hasPrefix("node/"))) {
      r.effects().mark(SHELL_ESCAPES);
    }
    int dashes = c.words.indexOf("--");
    if (dashes > 0) {
      ShellStarters.again(c, c.words.subList(dashes + 1, c.size()), r);
      return;
    }
    List<String> operands = c.operands(at + 1);
    if (operands.size() > 1 && c.word(at).equals("exec")) {
      ShellStarters.again(c, operands.subList(1, operands.size()), r);
    }
  }

  private static void change(ShellCommand c, Effects effects, ShellReader r) {
    boolean reads = c.has("rollout") && c.has("status", "history");
    if (reads) {
      return;
    }
    effects.mark(SHELL_CHANGES_INFRASTRUCTURE);
    boolean binds =
        anyResource(c, "clusterrolebinding")
            || anyResource(c, "rolebinding")
            || c.hasPrefix("--clusterrole=");
    if (binds || c.has("add-cluster-role-to-user", "add-scc-to-user")) {
      effects.mark(SHELL_GRANTS);
    }
    if (anyResource(c, "secret") && c.has("create")) {
      effects.mark(SHELL_STORES_SECRETS);
    }
    if (c.rest(1).contains("://")) {
      effects.mark(SHELL_INSTALLS_UNVETTED);
    }
    String manifest = r.input().text();
    if (manifest != null && manifest.length() < 16_000) {
      manifest(manifest, effects);
    }
  }

  private static void manifest(String text, Effects effects) {
    if (text.contains("ClusterRoleBinding") || text.contains("RoleBinding")) {
      effects.mark(SHELL_GRANTS);
    }
    if (text.contains("privileged: true")
        || text.contains("hostPID: true")
        || text.contains("path: /\n")) {
      effects.mark(SHELL_ESCAPES);
    }
  }

  private static Flow helm(ShellCommand c, ShellReader r) {
    String verb = c.operand(0).equals("app") ? c.operand(1) : c.operand(0);
    if (READS.contains(verb) || c.has("--dry-run", "build")) {
      return Flow.UNKNOWN;
    }
    boolean destroys = verb.equals("uninstall") || verb.equals("delete") || verb.equals("destroy");
    r.effects().mark(destroys ? SHELL_DESTROYS_INFRASTRUCTURE : SHELL_CHANGES_INFRASTRUCTURE);
    return Flow.UNKNOWN;
  }

  private static Flow provision(ShellCommand c, ShellReader r) {
    boolean reads =
        c.has("get", "list", "ls", "status", "version", "members", "describe", "logs", "profile");
    boolean local =
        c.name().endsWith("kind") || c.name().endsWith("minikube") || c.name().endsWith("k3d");
    boolean destroys = c.has("delete", "reset", "del", "destroy", "rm", "system", "remove", "stop");
    r.effects().runs();
    if (destroys && !local) {
      r.effects().mark(SHELL_DESTROYS_INFRASTRUCTURE);
      if (c.name().endsWith("velero")) {
        r.effects().mark(SHELL_DESTROYS_BACKUPS);
      }
    } else if (!reads && !local) {
      r.effects().mark(SHELL_CHANGES_INFRASTRUCTURE);
    } else if (destroys) {
      r.effects().mark(SHELL_STOPS);
    }
    return Flow.UNKNOWN;
  }
}
