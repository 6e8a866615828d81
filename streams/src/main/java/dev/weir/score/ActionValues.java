/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import dev.weir.score.Arguments.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of an action's arguments, part by part: what it aims at, what it says, what it sets.
 * Bounded by {@link Tokens}.
 */
final class ActionValues {
  private static final int MAX_TARGET = 120;
  private static final Set<String> TARGETS =
      Set.of(
          "recipient",
          "recipients",
          "to",
          "cc",
          "bcc",
          "email",
          "emails",
          "mail",
          "address",
          "account",
          "iban",
          "payee",
          "user",
          "users",
          "username",
          "participants",
          "participant",
          "attendees",
          "invitees",
          "guest",
          "guests",
          "phone",
          "collaborator",
          "collaborators",
          "host",
          "url",
          "link",
          "domain",
          "channel",
          "name",
          "names",
          "path",
          "file",
          "filename",
          "folder",
          "destination",
          "target",
          "repo",
          "repository",
          "id",
          "ids",
          "hotel",
          "restaurant",
          "company",
          "receiver",
          "beneficiary",
          "member",
          "members",
          "device",
          "room",
          "group",
          "branch",
          "table",
          "database",
          "bucket",
          "server",
          "webhook",
          "number",
          "with",
          "whom",
          "ticket",
          "issue",
          "case",
          "order",
          "project",
          "namespace",
          "cluster",
          "calendar",
          "thread",
          "conversation",
          "page",
          "site",
          "website",
          "document",
          "doc",
          "channels",
          "files",
          "paths",
          "folders",
          "urls",
          "hosts",
          "contact",
          "contacts",
          "customer",
          "employee",
          "patient",
          "student",
          "assignee",
          "reviewer",
          "reviewers",
          "owner",
          "owners",
          "principal",
          "endpoint",
          "callback",
          "uri",
          "wallet",
          "merchant",
          "vendor",
          "supplier");
  private static final Set<String> CONTENT =
      Set.of(
          "body",
          "content",
          "contents",
          "message",
          "text",
          "subject",
          "title",
          "description",
          "note",
          "notes",
          "summary",
          "comment",
          "caption",
          "tweet",
          "review",
          "reason",
          "query",
          "code",
          "command",
          "script",
          "sql",
          "input");

  /** What a part of the arguments is to the action. */
  enum Role {
    TARGET,
    CONTENT,
    SETTING
  }

  /** Tokens {@code from} to {@code end} stand under {@code key}. */
  record Part(Role role, String key, int from, int end) {}

  /** Of a token that says nothing of where it came from. */
  static final int INSIGNIFICANT = -1;

  private final Tokens tokens = new Tokens();
  private final List<Part> parts = new ArrayList<>();
  private final long tool;
  private final Kinds kinds;
  private int @Nullable [] known;

  ActionValues(String tool, Deed deed, Arguments arguments) {
    this.tool = Hashes.ofWord(tool);
    this.kinds = Kinds.of(deed.verbs(), deed.objects());
    TextScanner scanner = new TextScanner(tokens);
    for (Leaf leaf : arguments.leaves()) {
      int from = tokens.count();
      if (!(leaf.value() instanceof Boolean)) {
        scanner.scan(leaf.value() instanceof String s ? s : String.valueOf(leaf.value()));
      }
      if (tokens.count() > from) {
        parts.add(new Part(role(leaf), leaf.key(), from, tokens.count()));
      }
    }
  }

  Tokens tokens() {
    return tokens;
  }

  /** The hash of the tool's name. */
  long tool() {
    return tool;
  }

  /** What the tool does, to what. */
  Kinds kinds() {
    return kinds;
  }

  List<Part> parts() {
    return parts;
  }

  /**
   * What the task's trail knows of each token before the action: bits of {@link Trail}, or {@link
   * #INSIGNIFICANT}. Looked up once.
   */
  int[] known(Trail trail) {
    int[] found = known;
    if (found == null) {
      found = new int[tokens.count()];
      for (int i = 0; i < found.length; i++) {
        found[i] = isSignificant(i) ? trail.of(tokens.hash(i)) : INSIGNIFICANT;
      }
      known = found;
    }
    return found;
  }

  /** Whether a token says more than the words that every text has. */
  boolean isSignificant(int token) {
    return tokens.isValue(token)
        || (tokens.length(token) > 2 && (Cues.of(tokens.hash(token)) & Cues.STOP) == 0);
  }

  private static Role role(Leaf leaf) {
    for (String word : leaf.words()) {
      if (CONTENT.contains(word)) {
        return Role.CONTENT;
      }
    }
    for (String word : leaf.words()) {
      if (TARGETS.contains(word) && leaf.text().length() <= MAX_TARGET) {
        return Role.TARGET;
      }
    }
    return Role.SETTING;
  }
}
