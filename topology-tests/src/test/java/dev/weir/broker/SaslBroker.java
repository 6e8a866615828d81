/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.broker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;

/**
 * A broker as production has it: whoever comes proves by SASL who they are, and may do what ACLs
 * allow. Users come by SCRAM-SHA-256; the broker itself and the superuser {@value #ADMIN}, who must
 * be there before any SCRAM credential is, by PLAIN.
 */
public final class SaslBroker implements AutoCloseable {
  private static final String ADMIN = "admin";
  private static final String SCRAM = "SCRAM-SHA-256";
  private static final String LISTENER = "listener.name.plaintext.";
  private static final String CONTROLLER = "listener.name.controller.";

  private final EmbeddedBroker broker;

  private SaslBroker(EmbeddedBroker broker) {
    this.broker = broker;
  }

  /** Starts one without users and ACLs. */
  public static SaslBroker start() throws IOException {
    String itself = login(PlainLoginModule.class, ADMIN) + " user_admin=\"" + password(ADMIN) + '"';
    Map<String, String> settings = new HashMap<>();
    settings.put(
        "listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT");
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    settings.put("sasl.mechanism.controller.protocol", "PLAIN");
    settings.put(LISTENER + "sasl.enabled.mechanisms", "PLAIN," + SCRAM);
    settings.put(CONTROLLER + "sasl.enabled.mechanisms", "PLAIN");
    settings.put(LISTENER + "plain.sasl.jaas.config", itself + ';');
    settings.put(CONTROLLER + "plain.sasl.jaas.config", itself + ';');
    settings.put(
        LISTENER + "scram-sha-256.sasl.jaas.config",
        ScramLoginModule.class.getName() + " required;");
    settings.put("authorizer.class.name", StandardAuthorizer.class.getName());
    settings.put("super.users", "User:" + ADMIN);
    return new SaslBroker(EmbeddedBroker.temporary(settings));
  }

  /** Who may do everything. */
  public Admin admin() {
    return Admin.create(new HashMap<>(client("PLAIN", login(PlainLoginModule.class, ADMIN))));
  }

  /** Makes users, who may do nothing yet; the broker may take a moment to know them. */
  public void addUsers(Admin admin, Iterable<String> names)
      throws ExecutionException, InterruptedException {
    List<UserScramCredentialAlteration> users = new ArrayList<>();
    ScramCredentialInfo kind = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096);
    names.forEach(name -> users.add(new UserScramCredentialUpsertion(name, kind, password(name))));
    admin.alterUserScramCredentials(users).all().get();
  }

  /** Settings by which a client is that user. */
  public Map<String, String> as(String user) {
    return client(SCRAM, login(ScramLoginModule.class, user));
  }

  private Map<String, String> client(String mechanism, String login) {
    return Map.of(
        "bootstrap.servers",
        broker.bootstrapServers(),
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        mechanism,
        "sasl.jaas.config",
        login + ';');
  }

  private static String login(Class<?> module, String user) {
    return "%s required username=\"%s\" password=\"%s\""
        .formatted(module.getName(), user, password(user));
  }

  private static String password(String user) {
    return user + "-secret";
  }

  @Override
  public void close() throws IOException {
    broker.close();
  }
}
