/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.fleet;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One tool call of a story: what is called, what came back, and the truth about it. */
final class Call {
  final String server;
  final String tool;
  final boolean readOnly;
  final Map<String, Object> arguments = new LinkedHashMap<>();
  String environment = "PRODUCTION";
  boolean proposed;
  @Nullable String result;
  boolean trusted;
  boolean harmful;
  String scenario = "";

  private Call(String server, String tool, boolean readOnly) {
    this.server = server;
    this.tool = tool;
    this.readOnly = readOnly;
  }

  /** A call that changes nothing. */
  static Call read(String server, String tool) {
    return new Call(server, tool, true);
  }

  /** A call that changes something. */
  static Call write(String server, String tool) {
    return new Call(server, tool, false);
  }

  Call with(String name, Object value) {
    arguments.put(name, value);
    return this;
  }

  Call in(String environment) {
    this.environment = environment;
    return this;
  }

  /** The agent asks before it acts. */
  Call proposed() {
    this.proposed = true;
    return this;
  }

  /** Returns text that the organisation itself vouches for. */
  Call returns(String text) {
    this.result = text;
    this.trusted = true;
    return this;
  }

  /** Returns text that anybody may have written. */
  Call returnsForeign(String text) {
    this.result = text;
    this.trusted = false;
    return this;
  }

  /** Large, and what the principal wanted. */
  Call authorised(String scenario) {
    this.scenario = scenario;
    return this;
  }

  /** Not what the principal wanted. */
  Call harmful(String scenario) {
    this.scenario = scenario;
    this.harmful = true;
    return this;
  }
}
