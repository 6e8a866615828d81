/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.Fact;
import dev.weir.policy.LowerCase;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what command lines and programs do to the machine and to others: the facts of the shell
 * view. A mark is set once and never taken back.
 */
final class Effects {
  private static final int MAX_NAMES = 100;
  private static final int MAX_NAME = 300;
  private static final int MAX_STATEMENTS = 20;

  private final Map<Fact, Object> facts = new EnumMap<>(Fact.class);
  private final Set<String> commands = new LinkedHashSet<>();
  private final Set<String> hosts = new LinkedHashSet<>(4);
  private final Set<String> paths = new LinkedHashSet<>();
  private final List<String> statements = new ArrayList<>(0);
  private final Set<String> domains;
  private boolean runs;
  private long external;
  private @Nullable Region deleted;

  Effects(Set<String> domains) {
    this.domains = domains;
  }

  void mark(Fact fact) {
    facts.put(fact, true);
  }

  boolean marked(Fact fact) {
    return facts.containsKey(fact);
  }

  /** More than reading and printing is done. */
  void runs() {
    runs = true;
  }

  void command(String name) {
    if (commands.size() < MAX_NAMES && name.length() <= MAX_NAME) {
      commands.add(name);
    }
  }

  void path(String path) {
    if (paths.size() < MAX_NAMES && path.length() <= MAX_NAME) {
      paths.add(path);
    }
  }

  /** A host is spoken to; its distance. */
  Distance host(String name) {
    Distance distance = Distance.of(name, domains);
    if (hosts.size() < MAX_NAMES
        && name.length() <= MAX_NAME
        && !name.isEmpty()
        && hosts.add(name)) {
      external += distance == Distance.EXTERNAL ? 1 : 0;
    }
    if (Distance.isMetadata(name)) {
      mark(SHELL_READS_SECRETS);
    }
    return distance;
  }

  /** Whether a credential lies there, which then counts as read. */
  boolean reads(String path) {
    boolean secret = Landmarks.isSecret(path);
    if (secret) {
      mark(SHELL_READS_SECRETS);
    }
    return secret;
  }

  void writes(String path, String folder) {
    path(path);
    if (path.startsWith("/dev/tcp/") || path.startsWith("/dev/udp/")) {
      uploads(host(path.split("/", 5).length > 3 ? path.split("/", 5)[3] : ""), 0);
      return;
    }
    mark(SHELL_WRITES);
    if (Landmarks.isStartup(path)) {
      mark(SHELL_PERSISTS);
    }
    if (Landmarks.isTrace(path)) {
      mark(SHELL_ERASES_TRACES);
    }
    if (Landmarks.isAccounts(path)) {
      mark(SHELL_ACCOUNTS);
      mark(SHELL_GRANTS);
    }
    if (isDisk(path)) {
      mark(SHELL_WIPES_DISK);
    } else if (Region.of(path, folder).compareTo(Region.SYSTEM) >= 0 && !isOutput(path)) {
      mark(SHELL_WRITES_SYSTEM);
    }
  }

  /** Something is added to a file: nothing that was there is lost. */
  void appends(String path, String folder) {
    boolean trace = Landmarks.isTrace(path);
    boolean before = marked(SHELL_ERASES_TRACES);
    writes(path, folder);
    if (trace && !before) {
      facts.remove(SHELL_ERASES_TRACES);
    }
  }

  static boolean isDisk(String path) {
    return path.startsWith("/dev/sd")
        || path.startsWith("/dev/nvme")
        || path.startsWith("/dev/vd")
        || path.startsWith("/dev/hd")
        || path.startsWith("/dev/xvd")
        || path.startsWith("/dev/mmcblk")
        || path.startsWith("/dev/mapper/")
        || path.startsWith("/dev/disk")
        || path.startsWith("\\\\.\\PhysicalDrive")
        || path.equals("/dev/mem")
        || path.equals("/proc/sysrq-trigger");
  }

  private static boolean isOutput(String path) {
    return path.startsWith("/dev/std")
        || path.startsWith("/dev/fd/")
        || path.startsWith("/dev/tty");
  }

  void deletes(String path, String folder, boolean recursive) {
    path(path);
    Region place = Region.of(path, folder);
    boolean whole = recursive || path.indexOf('*') >= 0;
    if (!whole && place.compareTo(Region.SCRATCH) > 0) {
      place = place == Region.SYSTEM || place == Region.ROOT ? Region.SYSTEM : Region.FILE;
    }
    deletes(place);
    if (recursive) {
      mark(SHELL_RECURSIVE);
    }
    if (Landmarks.isTrace(path)) {
      mark(SHELL_ERASES_TRACES);
    }
    if (place.compareTo(Region.FOLDER) >= 0 && Landmarks.isBackup(path)) {
      mark(SHELL_DESTROYS_BACKUPS);
    }
  }

  void deletes(Region place) {
    mark(SHELL_DELETES);
    deleted = deleted == null || place.compareTo(deleted) > 0 ? place : deleted;
    if (place == Region.ROOT) {
      mark(SHELL_DELETES_ROOT);
    }
  }

  /** The widest place of which something is deleted, or null. */
  @Nullable Region deleted() {
    return deleted;
  }

  /** Something stored here goes to a host. */
  void uploads(Distance distance, int taints) {
    mark(SHELL_NETWORK);
    if ((taints & Flow.SECRET) != 0) {
      mark(SHELL_READS_SECRETS);
    }
    if (distance != Distance.LOOPBACK) {
      mark(SHELL_UPLOADS);
      if ((taints & Flow.PERSONAL) != 0) {
        mark(SHELL_PERSONAL);
      }
    }
  }

  void statement(String sql) {
    if (statements.size() < MAX_STATEMENTS && !sql.isBlank()) {
      statements.add(sql);
    }
  }

  /** The facts of the view. */
  Map<Fact, Object> facts() {
    if (facts.isEmpty() && !runs) {
      facts.put(SHELL_READS_ONLY, true);
    }
    facts.put(SHELL_PRESENT, true);
    facts.put(SHELL_MARKS, (long) facts.size() - 1);
    facts.put(SHELL_COMMANDS, List.copyOf(commands));
    facts.put(SHELL_HOSTS, List.copyOf(hosts));
    facts.put(SHELL_PATHS, List.copyOf(paths));
    facts.put(SHELL_EXTERNAL, external);
    if (deleted != null) {
      facts.put(SHELL_DELETED, LowerCase.of(deleted.name()));
    }
    if (!statements.isEmpty()) {
      facts.put(SHELL_STATEMENTS, List.copyOf(statements));
    }
    return facts;
  }
}
