/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.broker.SaslBroker;
import dev.weir.cli.CommandLineRun;
import dev.weir.client.Handovers;
import dev.weir.client.Proposed;
import dev.weir.client.WeirClient;
import dev.weir.config.TopicPlan;
import dev.weir.config.Topics;
import dev.weir.config.WeirConfig;
import dev.weir.metrics.Metrics;
import dev.weir.policy.PolicyLoader;
import dev.weir.topology.Monitor;
import dev.weir.topology.StartRefusedException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users by SCRAM, a broker that denies what no ACL allows, and the ACLs that Weir prints. */
class ITAcls {
  private static final Duration LONG = Duration.ofSeconds(40);
  private static final Topics TOPICS = new Topics("it-acls", List.of("ci"));
  private static final String APPLICATION = "acls-app";
  private static final Map<String, String> ROLES =
      Map.ofEntries(
          Map.entry("monitor", "monitor"),
          Map.entry("agent", "agent"),
          Map.entry("agent.ci", "ci"),
          Map.entry("reviewer.carol", "carol"),
          Map.entry("reporter", "dana"),
          Map.entry("vetted.bot", "vera"),
          Map.entry("registrar", "rita"),
          Map.entry("issuer", "ida"),
          Map.entry("publisher", "paul"),
          Map.entry("reader", "ruth"),
          Map.entry("operator", "otto"));
  private static final String POLICY =
      """
      weir: 1
      id: %s
      version: "1"
      budget: {tax: 0.1}
      limits: {trial_actions: 100}
      tiers: [{id: expert, cost: 100, assurance: 0.9, deadline: 1h}]
      rules:
        - {id: deletes, when: "view.shell.deletes", adds: {destruction: 5}, route: always, because: it deletes}
      """;

  @TempDir static Path dir;
  private static SaslBroker broker;

  @BeforeAll
  static void setUp() throws Exception {
    broker = SaslBroker.start();
    for (String who : List.of("rita", "ida", "paul", "carol", "dana")) {
      weir("keys generate " + file(who + ".pem"));
    }
    Files.writeString(dir.resolve("policy.yaml"), POLICY.formatted("first"));
    try (Admin admin = broker.admin()) {
      broker.addUsers(admin, ROLES.values());
      List<AclBinding> printed = printed();
      admin.createAcls(printed).all().get();
      Await.until(
          "the ACLs",
          () -> admin.describeAcls(AclBindingFilter.ANY).values().get().size() == printed.size());
      Await.until(
          "the users",
          () ->
              admin
                  .describeUserScramCredentials()
                  .all()
                  .get()
                  .keySet()
                  .containsAll(ROLES.values()));
    }
    weir("topics create --partitions 2 --config " + config("otto"));
  }

  @AfterAll
  static void tearDown() throws Exception {
    broker.close();
  }

  /** The second monitor has no state of its own: it restores what the first one held. */
  @Test
  void shouldDoItsWorkWhenARoleMayDoWhatIsPrinted() throws Exception {
    String carol = file("carol.pem");
    weir(
        "reviewer register carol --kind person --tier expert --public-key %s.pub --key %s --config %s"
            .formatted(carol, file("rita.pem"), config("rita")));
    weir(
        "grant issue g-1 --source ci --agent bot --class ship --expires 2099-01-01 --evaluation e --evaluated 2026-01-01 --evidence %s --key %s --config %s"
            .formatted(file("policy.yaml"), file("ida.pem"), config("ida")));
    weir(
        "reviewer register dana --kind person --tier outcomes --public-key %s.pub --key %s --config %s"
            .formatted(file("dana.pem"), file("rita.pem"), config("rita")));
    WeirClient.Topics own = new WeirClient.Topics(TOPICS.actions(), TOPICS.dispositions());
    Proposed held;
    try (WeirClient client = WeirClient.connect(new HashMap<>(broker.as("agent")), own)) {
      try (Instance monitor = run("monitor", "one")) {
        assertThat(propose(client, "harmless", "ls").await(LONG).isReleased()).isTrue();
        held = propose(client, "grave", "rm -rf build");
        Await.until("a hold", held::isHeld);
        assertThat(monitor.sound()).isTrue();
      }
      try (Instance monitor = run("monitor", "two")) {
        weir(
            "review command --once --reviewer carol --tier expert --key %s --config %s -- %s"
                .formatted(carol, config("carol"), approving()));
        assertThat(held.await(LONG).isReleased()).isTrue();
        weir(
            "outcome report --harmful --found-by incident --reporter dana --key %s --task task-grave --event grave --config %s"
                .formatted(file("dana.pem"), config("dana")));

        String log = Files.writeString(dir.resolve("log"), observed()).toString();
        weir("publish --source ci %s --config %s".formatted(log, config("ci")));
        Await.until(
            "the other source's action",
            () -> weir("tail assessments --once --config " + config("ruth")).contains("seen"));
        Path next = Files.writeString(dir.resolve("next.yaml"), POLICY.formatted("next"));
        weir(
            "policy publish %s --key %s --config %s"
                .formatted(next, file("paul.pem"), config("paul")));
        Await.until("the call", () -> monitor.called() == 1);
        assertThat(monitor.sound()).isTrue();
      }
    }
    String reader = config("ruth");
    assertThat(weir("signals export --out - --config " + reader))
        .contains("\"source\":\"OUTCOME\"", "\"finding\":\"HARM_REVIEWED\"");
    assertThat(weir("reviewer list --config " + reader)).contains("carol");
    assertThat(weir("grant list --config " + reader)).contains("g-1  bot");
    assertThat(weir("policy status --config " + reader))
        .contains("called for          generation 1");
  }

  @Test
  void shouldWriteNothingElseWhenARoleMayDoWhatIsPrinted() throws Exception {
    assertThat(writable("agent")).containsExactly(TOPICS.actions());
    assertThat(writable("ci")).containsExactly(TOPICS.actions() + ".ci");
    assertThat(writable("carol")).containsExactly(TOPICS.verdicts());
    assertThat(writable("dana")).containsExactly(TOPICS.outcomes());
    assertThat(writable("vera")).isEmpty();
    assertThat(writable("rita")).containsExactly(TOPICS.reviewers());
    assertThat(writable("ida")).containsExactly(TOPICS.grants());
    assertThat(writable("paul")).containsExactly(TOPICS.policies());
    assertThat(writable("ruth")).isEmpty();
    assertThat(writable("otto")).isEmpty();
  }

  @Test
  void shouldReadNothingElseWhenARoleMayDoWhatIsPrinted() {
    assertReadsNothingBut("agent", Set.of(TOPICS.dispositions()));
    assertReadsNothingBut("ci", Set.of(TOPICS.dispositions()));
    assertReadsNothingBut(
        "carol",
        Set.of(TOPICS.escalations(), TOPICS.waiting(), TOPICS.verdicts(), TOPICS.reviewers()));
    assertReadsNothingBut(
        "dana", Set.of(TOPICS.assessments(), TOPICS.dispositions(), TOPICS.reviewers()));
    assertReadsNothingBut("vera", Set.of(TOPICS.handovers()));
    assertReadsNothingBut("rita", Set.of(TOPICS.reviewers()));
    assertReadsNothingBut("ida", Set.of(TOPICS.grants()));
  }

  @Test
  void shouldLearnWhatIsHandedOverWhenAnAgentIsVetted() {
    Map<String, Object> kafka = new HashMap<>(broker.as("vera"));
    kafka.put("group.id", "it-acls-vetted-bot");
    try (Handovers handovers = Handovers.connect(kafka, TOPICS.handovers(), "bot")) {
      assertThat(handovers.poll(Duration.ofSeconds(10))).isEmpty();
    }
  }

  @Test
  void shouldSayWhatPrintsTheAclsWhenTheMonitorHasNone() {
    assertThatThrownBy(() -> run("agent", "none"))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("weir topics acls");
  }

  /** Whoever takes another's transactional id ends its transactions; its group, its work. */
  @Test
  void shouldTakeNobodysPlaceWhenARoleMayDoWhatIsPrinted() {
    for (String user : List.of("agent", "carol", "ruth", "vera")) {
      for (String other :
          List.of(
              APPLICATION + "-1-1", "it-acls-reviewer", "it-acls-grant", "it-acls-review-dave-x")) {
        assertThatThrownBy(() -> transact(user, other))
            .as("%s as %s", user, other)
            .isInstanceOf(TransactionalIdAuthorizationException.class);
      }
      String readable =
          switch (user) {
            case "carol" -> TOPICS.escalations();
            case "vera" -> TOPICS.handovers();
            default -> TOPICS.dispositions();
          };
      for (String other :
          List.of(APPLICATION, "it-acls-review-dave-expert", "it-acls-vetted-bot-7")) {
        assertThatThrownBy(() -> poll(user, readable, other))
            .as("%s in %s", user, other)
            .isInstanceOf(GroupAuthorizationException.class);
      }
    }
  }

  /** What {@code topics acls} prints, as Kafka takes it. */
  private static List<AclBinding> printed() throws Exception {
    StringBuilder command = new StringBuilder("topics acls --json --config " + config("otto"));
    ROLES.forEach((role, user) -> command.append(" --principal %s=User:%s".formatted(role, user)));
    List<AclBinding> bindings = new ArrayList<>();
    for (JsonNode grant : new ObjectMapper().readTree(weir(command.toString()))) {
      for (JsonNode name : grant.get("names")) {
        ResourcePattern on =
            new ResourcePattern(
                ResourceType.valueOf(grant.get("resource_type").asText()),
                name.asText(),
                PatternType.valueOf(grant.get("pattern_type").asText()));
        for (JsonNode operation : grant.get("operations")) {
          AccessControlEntry entry =
              new AccessControlEntry(
                  grant.get("principal").asText(),
                  "*",
                  AclOperation.valueOf(operation.asText()),
                  AclPermissionType.ALLOW);
          bindings.add(new AclBinding(on, entry));
        }
      }
    }
    return bindings;
  }

  private static Set<String> writable(String user) throws Exception {
    Map<String, Object> settings = new HashMap<>(broker.as(user));
    settings.put("enable.idempotence", false); // else who may write nowhere fails before the topic
    Set<String> writable = new TreeSet<>();
    try (KafkaProducer<byte[], byte[]> producer = producer(settings)) {
      for (TopicPlan.Planned topic : new TopicPlan(TOPICS, 1, 1).topics()) {
        byte[] forged = Events.bytes("forged by " + user);
        try {
          producer.send(new ProducerRecord<>(topic.name(), forged, forged)).get();
          writable.add(topic.name());
        } catch (ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(TopicAuthorizationException.class);
        }
      }
    }
    return writable;
  }

  private static void assertReadsNothingBut(String user, Set<String> readable) {
    for (TopicPlan.Planned topic : new TopicPlan(TOPICS, 1, 1).topics()) {
      if (!readable.contains(topic.name())) {
        assertThatThrownBy(() -> poll(user, topic.name(), ""))
            .as("%s reads %s", user, topic.name())
            .isInstanceOf(TopicAuthorizationException.class);
      }
    }
  }

  /** Reads, as member of a group unless it is empty, until something comes or is refused. */
  private static void poll(String user, String topic, String group) {
    Map<String, Object> settings = new HashMap<>(broker.as(user));
    if (!group.isEmpty()) {
      settings.put("group.id", group);
    }
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      if (group.isEmpty()) {
        TopicPartition first = new TopicPartition(topic, 0);
        consumer.assign(List.of(first));
        consumer.seekToBeginning(List.of(first));
      } else {
        consumer.subscribe(List.of(topic));
      }
      consumer.poll(Duration.ofSeconds(5));
    }
  }

  private static void transact(String user, String id) {
    Map<String, Object> settings = new HashMap<>(broker.as(user));
    settings.put("transactional.id", id);
    try (KafkaProducer<byte[], byte[]> producer = producer(settings)) {
      producer.initTransactions();
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Instance run(String user, String stateDir) throws Exception {
    Map<String, String> properties = properties(user);
    properties.put(WeirConfig.STATE_DIR, file(stateDir));
    properties.put("kafka.group.instance.id", "pod");
    Metrics metrics = new Metrics();
    Monitor monitor =
        Monitor.of(
            WeirConfig.of(properties),
            PolicyLoader.load("first", Events.bytes(POLICY.formatted("first"))),
            Cluster.CHANCE_KEY,
            metrics);
    monitor.start();
    return new Instance(monitor, metrics);
  }

  private static Map<String, String> properties(String user) {
    Map<String, String> properties = new HashMap<>();
    broker.as(user).forEach((key, value) -> properties.put(WeirConfig.KAFKA_PREFIX + key, value));
    properties.put(WeirConfig.APPLICATION_ID, APPLICATION);
    properties.put(WeirConfig.TOPICS_PREFIX, TOPICS.prefix());
    properties.put(WeirConfig.SOURCES, String.join(",", TOPICS.extraSources()));
    properties.put(WeirConfig.POLICY_FILE, file("policy.yaml"));
    properties.put(WeirConfig.POLICY_PUBLISHERS, "paul=file:" + file("paul.pem.pub"));
    properties.put(WeirConfig.GRANT_ISSUERS, "ida=file:" + file("ida.pem.pub"));
    properties.put(WeirConfig.REVIEW_REGISTRARS, "rita=file:" + file("rita.pem.pub"));
    return properties;
  }

  private static String config(String user) throws Exception {
    Properties all = new Properties();
    all.putAll(properties(user));
    Path file = dir.resolve(user + ".properties");
    try (Writer out = Files.newBufferedWriter(file)) {
      all.store(out, null);
    }
    return file.toString();
  }

  private static Proposed propose(WeirClient client, String id, String command) {
    return client.propose("task-" + id, id, Events.bytes(action(id, "PROPOSED", command)), LONG);
  }

  private static String observed() {
    return action("seen", "OBSERVED", "git status");
  }

  private static String action(String id, String phase, String command) {
    return """
        {"event_id":"%s","occurred_at":"2026-01-01T00:00:00Z","phase":"%s","task_id":"task-%s",\
        "agent":{"id":"a"},"tool":{"name":"bash"},"arguments":{"command":"%s"}}"""
        .formatted(id, phase, id, command);
  }

  /** A program that approves whatever it is asked. */
  private static Path approving() throws Exception {
    Path program = dir.resolve("approve");
    Files.writeString(program, "#!/bin/sh\ncat > /dev/null; echo '{\"decision\":\"APPROVE\"}'\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }

  private static String file(String name) {
    return dir.resolve(name).toString();
  }

  /** Runs a command that must succeed; what it printed. */
  private static String weir(String command) {
    CommandLineRun run = CommandLineRun.of(command.split(" "));
    assertThat(run.exit()).as("%s: %s", command, run.err()).isZero();
    return run.out();
  }
}
