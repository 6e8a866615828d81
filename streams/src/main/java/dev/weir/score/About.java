/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Fact.*;

import dev.weir.policy.Fact;
import dev.weir.score.Arguments.Leaf;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the arguments are about: topics by the words of their values, kinds of things by their names
 * ({@code patient_id}), and whether the place that they name is one for trying things out.
 */
final class About {
  private static final int MAX_CHARACTERS = 8_192;
  private static final int MAX_LEAVES = 64;
  private static final int MAX_PLACE = 80;
  private static final long PRODUCTION = Topics.of("production");
  private static final long TRIAL = Topics.of("trial");

  /** Names of where an action takes effect. */
  private static final Set<String> PLACE_NAMES =
      Set.of(
          "environment",
          "env",
          "stage",
          "namespace",
          "cluster",
          "database",
          "db",
          "project",
          "workspace",
          "bucket",
          "host",
          "server",
          "slot",
          "schema",
          "instance",
          "group",
          "table",
          "index",
          "topic",
          "tenant",
          "zone",
          "site",
          "target",
          "sandbox",
          "audience",
          "channel",
          "rollout",
          "track",
          "context",
          "network",
          "repo",
          "repository",
          "owner",
          "dir",
          "dsn",
          "connection",
          "warehouse");

  /** Names of those whom something is told, or to whom it is handed. */
  private static final Set<String> AUDIENCE_NAMES =
      Set.of(
          "list",
          "lists",
          "segment",
          "audience",
          "recipient",
          "recipients",
          "to",
          "group",
          "groups",
          "channel",
          "channels",
          "cohort",
          "team");

  private static final Set<String> ACCESS_NAMES =
      Set.of(
          "access",
          "role",
          "roles",
          "permission",
          "permissions",
          "visibility",
          "scope",
          "acl",
          "type",
          "with",
          "principal",
          "member",
          "sharing",
          "policy",
          "level",
          "group");

  private static final Set<String> FILE_NAMES =
      Set.of(
          "file",
          "files",
          "path",
          "paths",
          "attachment",
          "attachments",
          "filename",
          "document",
          "documents",
          "key",
          "object",
          "source",
          "folder",
          "artifact");

  /** Names of what is said or run: words in it are no things that the action bears on. */
  private static final Set<String> PROSE_NAMES =
      Set.of(
          "text",
          "body",
          "message",
          "content",
          "comment",
          "comments",
          "note",
          "notes",
          "description",
          "subject",
          "title",
          "headline",
          "reason",
          "summary",
          "prompt",
          "query",
          "q",
          "search",
          "code",
          "script",
          "sql",
          "command",
          "cmd",
          "commandline",
          "statement",
          "html",
          "markdown",
          "caption",
          "objective",
          "instructions",
          "details",
          "input",
          "question",
          "answer",
          "labels",
          "justification",
          "remarks",
          "memo");

  private static final int MAX_THING = 120;

  private final Set<String> things = new LinkedHashSet<>(4);
  private long topics;
  private long files;
  private long audience;
  private long access;
  private long stakes;
  private boolean loosens;
  private boolean trial;
  private int characters;

  private About() {}

  /** Reads the arguments of a tool whose name has these words. */
  static Map<Fact, Object> read(Arguments arguments, List<String> toolWords) {
    About about = new About();
    about.stakes = Topics.in(String.join(" ", toolWords));
    List<Leaf> leaves = arguments.leaves();
    for (int i = 0; i < leaves.size() && i < MAX_LEAVES; i++) {
      about.read(leaves.get(i));
    }
    return about.facts(leaves.size() <= MAX_LEAVES && !arguments.clipped());
  }

  private void read(Leaf leaf) {
    if (!leaf.key().isEmpty()) {
      things.addAll(Naming.of(leaf.key()).objects());
      loosens |= Loosening.is(leaf);
      stakes(leaf);
    }
    String text = leaf.text();
    if (text.isEmpty() || characters > MAX_CHARACTERS) {
      return;
    }
    characters += text.length();
    long found = Topics.in(text);
    topics |= found;
    if (found != 0 && text.length() <= MAX_PLACE) {
      trial |= (found & TRIAL) != 0 && leaf.isNamed(PLACE_NAMES);
      files |= leaf.isNamed(FILE_NAMES) ? found : 0;
      audience |= leaf.isNamed(AUDIENCE_NAMES) && text.indexOf('@') < 0 ? found : 0;
      access |= leaf.isNamed(ACCESS_NAMES) ? found : 0;
    }
  }

  /** What the action bears on, by the name of an argument and a short value that is no prose. */
  private void stakes(Leaf leaf) {
    if (!leaf.isNamed(PROSE_NAMES)) {
      stakes |= Topics.inName(leaf.written());
      if (leaf.text().length() <= MAX_THING) {
        stakes |= Topics.inName(leaf.text());
      }
    }
  }

  private Map<Fact, Object> facts(boolean whole) {
    if (topics == 0 && stakes == 0 && things.isEmpty()) {
      return Map.of();
    }
    Map<Fact, Object> facts = new FactMap();
    facts.put(ABOUT_PRESENT, true);
    facts.put(ABOUT_TOPICS, Topics.names(topics));
    facts.put(ABOUT_STAKES, Topics.names(stakes));
    facts.put(ABOUT_LOOSENS, loosens);
    facts.put(ABOUT_THINGS, List.copyOf(things));
    facts.put(ABOUT_FILES, Topics.names(files));
    facts.put(ABOUT_ACCESS, Topics.names(access));
    facts.put(ABOUT_AUDIENCE, Topics.names(audience));
    if (trial && whole && characters <= MAX_CHARACTERS && (topics & PRODUCTION) == 0) {
      facts.put(ABOUT_TRIAL, true);
    }
    return facts;
  }
}
