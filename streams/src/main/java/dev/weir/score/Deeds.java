/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.Fact;
import org.jspecify.annotations.Nullable;

/**
 * What a program does, as one number: a bit for each mark of {@link Effects} and {@link CodeFacts}
 * and three for the widest place that it deletes. The order is part of what tasks store: marks are
 * only appended.
 */
final class Deeds {
  private static final Fact[] SHELL = {
    SHELL_OPAQUE,
    SHELL_DYNAMIC,
    SHELL_OBFUSCATED,
    SHELL_SUDO,
    SHELL_REMOTE,
    SHELL_EVERYTHING,
    SHELL_IRREVERSIBLE,
    SHELL_DELETES,
    SHELL_RECURSIVE,
    SHELL_DELETES_ROOT,
    SHELL_WIPES_DISK,
    SHELL_DESTROYS_BACKUPS,
    SHELL_WRITES,
    SHELL_WRITES_SYSTEM,
    SHELL_NETWORK,
    SHELL_UPLOADS,
    SHELL_POSTS,
    SHELL_DELETES_REMOTE,
    SHELL_DOWNLOAD_RUN,
    SHELL_DECODE_RUN,
    SHELL_INSTALLS,
    SHELL_INSTALLS_UNVETTED,
    SHELL_REMOVES_SOFTWARE,
    SHELL_PUBLISHES,
    SHELL_PUSHES,
    SHELL_MERGES,
    SHELL_REWRITES,
    SHELL_DISCARDS,
    SHELL_DESTROYS_REPOSITORY,
    SHELL_STOPS,
    SHELL_RESTARTS,
    SHELL_ENDS_PROCESSES,
    SHELL_STOPS_MACHINE,
    SHELL_EXHAUSTS,
    SHELL_PERMISSIONS,
    SHELL_ELEVATES,
    SHELL_ACCOUNTS,
    SHELL_GRANTS,
    SHELL_EXPOSES,
    SHELL_PERSISTS,
    SHELL_LISTENS,
    SHELL_REMOTE_SHELL,
    SHELL_ESCAPES,
    SHELL_ATTACKS,
    SHELL_READS_SECRETS,
    SHELL_STORES_SECRETS,
    SHELL_DESTROYS_INFRASTRUCTURE,
    SHELL_CHANGES_INFRASTRUCTURE,
    SHELL_DISABLES_OVERSIGHT,
    SHELL_ERASES_TRACES,
    SHELL_TRAINS,
    SHELL_COPIES_WEIGHTS,
    SHELL_PERSONAL
  };
  private static final Fact[] CODE = {
    CODE_DELETES, CODE_NETWORK, CODE_EXECUTES, CODE_UPLOADS, CODE_OPAQUE
  };
  private static final int CODE_AT = 54;
  private static final int DELETED_AT = 60;
  private static final Region[] REGIONS = Region.values();

  private Deeds() {}

  /** What effects and code facts say by now. */
  static long of(Effects effects, CodeFacts code) {
    long deeds = 0;
    for (int i = 0; i < SHELL.length; i++) {
      deeds |= effects.marked(SHELL[i]) ? 1L << i : 0;
    }
    for (int i = 0; i < CODE.length; i++) {
      deeds |= code.marked(CODE[i]) ? 1L << (CODE_AT + i) : 0;
    }
    return deeds | (deleted(effects.deleted()) << DELETED_AT);
  }

  @SuppressWarnings("EnumOrdinal") // from scratch to root, as stored
  private static long deleted(@Nullable Region region) {
    return region == null ? 0 : region.ordinal() + 1L;
  }

  /** Marks effects and code facts with what is known to be done. */
  static void mark(long deeds, Programs programs) {
    for (int i = 0; i < SHELL.length; i++) {
      if (((deeds >> i) & 1) != 0) {
        programs.effects.mark(SHELL[i]);
      }
    }
    for (int i = 0; i < CODE.length; i++) {
      if (((deeds >> (CODE_AT + i)) & 1) != 0) {
        programs.code.present();
        programs.code.mark(CODE[i]);
      }
    }
    int region = (int) (deeds >>> DELETED_AT) - 1;
    if (region >= 0) {
      programs.effects.deletes(REGIONS[Math.min(region, REGIONS.length - 1)]);
    }
  }

  /** What either does. */
  static long join(long one, long other) {
    long region = Math.max(one >>> DELETED_AT, other >>> DELETED_AT);
    long marks = (one | other) & ((1L << DELETED_AT) - 1);
    return marks | (region << DELETED_AT);
  }
}
