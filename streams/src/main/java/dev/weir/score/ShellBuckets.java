/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.score.ShellCatalog.Program;
import java.util.List;
import java.util.Map;

/** Command lines of object storage: what is copied in or out, deleted, or opened. */
final class ShellBuckets {
  private ShellBuckets() {}

  static void register(Map<String, Program> programs) {
    ShellCatalog.all(programs, ShellBuckets::storage, "gsutil s3cmd azcopy mc b2 s5cmd");
  }

  /** Reads a command on buckets. */
  static Flow storage(ShellCommand c, ShellReader r) {
    Effects effects = r.effects();
    List<String> operands = c.operands(1);
    String last = operands.isEmpty() ? "" : operands.get(operands.size() - 1);
    boolean recursive =
        c.has("--recursive", "-r", "-R", "--force", "--delete", "-d", "-m") || last.endsWith("*");
    effects.runs();
    if (c.has("rb")
        || (c.has("rm", "remove", "del") && (recursive || isAny(last)))
        || (c.has("sync", "rsync", "mirror") && c.has("--delete", "-d", "--remove"))) {
      effects.mark(SHELL_DESTROYS_INFRASTRUCTURE);
      if (Landmarks.isBackup(last)) {
        effects.mark(SHELL_DESTROYS_BACKUPS);
      }
    } else if (c.has("rm", "remove", "del")) {
      effects.mark(SHELL_DELETES_REMOTE);
    } else if (c.has("cp", "mv", "sync", "rsync", "put", "upload", "copy", "mirror", "upload-file")
        && isBucket(last)) {
      effects.uploads(Distance.EXTERNAL, 0);
      if (operands.stream().anyMatch(Landmarks::isWeights)) {
        effects.mark(SHELL_COPIES_WEIGHTS);
      }
    } else if (c.has("cp", "mv", "sync", "get", "download")) {
      effects.mark(SHELL_NETWORK);
      r.scope().file(last, Flow.tainted(Flow.DOWNLOADED));
      copied(operands, effects);
    }
    if (ShellCloud.exposes(c)
        || (c.has("acl", "iam") && ShellCloud.contains(c, "public-read", "allUsers"))) {
      effects.mark(SHELL_EXPOSES);
    }
    return Flow.UNKNOWN;
  }

  /** An address whose end is filled in from a list: one after the other, all of them. */
  private static boolean isAny(String address) {
    return address.endsWith("{}") || Flow.isUnknown(address) || address.indexOf("/$") > 0;
  }

  private static void copied(List<String> operands, Effects effects) {
    if (operands.stream().anyMatch(Landmarks::isWeights)) {
      effects.mark(SHELL_COPIES_WEIGHTS);
    }
  }

  private static boolean isBucket(String word) {
    return word.startsWith("s3://")
        || word.startsWith("gs://")
        || word.contains("blob.core.windows.net")
        || word.startsWith("az://")
        || word.startsWith("b2://")
        || word.indexOf(':') > 1;
  }
}
