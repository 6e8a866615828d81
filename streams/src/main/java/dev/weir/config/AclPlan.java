/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.config;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.PatternType.LITERAL;
import static org.apache.kafka.common.resource.PatternType.PREFIXED;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The ACLs that Weir rests on: of each role the least that its work needs.
 *
 * <p>Invariant: every topic of the plan has a writer. What sources, publishers, registrars, issuers
 * and reporters do not write, the monitor writes, and it alone; verdicts, reviewers write, too.
 *
 * <p>What Kafka implies is left out: DESCRIBE by READ and WRITE, IDEMPOTENT_WRITE by WRITE on any
 * topic (KIP-679).
 */
public final class AclPlan {
  /** Who runs the monitors. */
  public static final String MONITOR = "monitor";

  /** Who acts by the default source; {@code agent.NAME} acts by another. */
  public static final String AGENT = "agent";

  /**
   * Who may be handed what is denied to others, beside an agent's role; {@code vetted.ID} in a
   * group of its own.
   */
  public static final String VETTED = "vetted";

  /** Who answers escalations; {@code reviewer.ID} under groups and transactions of its own. */
  public static final String REVIEWER = "reviewer";

  /** Who registers reviewers. */
  public static final String REGISTRAR = "registrar";

  /** Who issues grants. */
  public static final String ISSUER = "issuer";

  /** Who tells what actions turned out to be. */
  public static final String REPORTER = "reporter";

  /** Who publishes policies. */
  public static final String PUBLISHER = "publisher";

  /** Who reads what Weir has found. */
  public static final String READER = "reader";

  /** Who makes the topics. */
  public static final String OPERATOR = "operator";

  /**
   * What one role may do with some resources of one kind.
   *
   * @param role whose work needs it
   * @param type of the resources
   * @param pattern whether the names are whole ones or beginnings
   * @param names of the resources
   * @param operations on each of them
   * @param purpose what for, one line
   */
  public record Grant(
      String role,
      ResourceType type,
      PatternType pattern,
      List<String> names,
      List<AclOperation> operations,
      String purpose) {}

  private final Topics topics;
  private final List<TopicPlan.Planned> plan;
  private final ClientNames names;
  private final String applicationId;
  private final List<String> reviewers;
  private final List<String> vetted;

  /**
   * @param applicationId of the monitors
   * @param reviewers ids of those who get names of their own; none for one role that shares them
   * @param vetted ids of agents that get groups of their own; none for one role that shares them
   */
  public AclPlan(Topics topics, String applicationId, List<String> reviewers, List<String> vetted) {
    this.topics = topics;
    this.plan = new TopicPlan(topics, 1, 1).topics();
    this.names = new ClientNames(topics.prefix());
    this.applicationId = applicationId;
    this.reviewers = List.copyOf(reviewers);
    this.vetted = List.copyOf(vetted);
  }

  /** All of them, role after role. */
  public List<Grant> grants() {
    List<Grant> grants = new ArrayList<>(monitor());
    agents(grants);
    if (vetted.isEmpty()) {
      vetted(grants, VETTED, PREFIXED, names.vetted());
    }
    vetted.forEach(id -> vetted(grants, VETTED + '.' + id, LITERAL, names.vetted(id)));
    if (reviewers.isEmpty()) {
      reviewer(grants, REVIEWER, names.reviewers());
    }
    reviewers.forEach(id -> reviewer(grants, REVIEWER + '.' + id, names.reviewer(id)));
    grants.addAll(reporter());
    grants.addAll(registrar());
    grants.addAll(issuer());
    grants.addAll(publisher());
    grants.add(
        on(found(), List.of(READ)).of(READER, "reads what was found, asked, answered and ruled"));
    grants.add(on(all(), List.of(CREATE, DESCRIBE)).of(OPERATOR, "makes the topics"));
    return grants;
  }

  private List<Grant> monitor() {
    String own = applicationId + '-';
    return List.of(
        on(worked(), List.of(READ))
            .of(MONITOR, "works on actions, verdicts, policies and its own reports"),
        on(made(), List.of(WRITE)).of(MONITOR, "writes what comes of it"),
        on(stamped(), List.of(DESCRIBE_CONFIGS))
            .of(MONITOR, "checks at the start that the broker's clock stamps these"),
        new Resources(TOPIC, PREFIXED, List.of(own), List.of(CREATE, READ, WRITE))
            .of(MONITOR, "keeps its state in changelogs"),
        new Resources(GROUP, LITERAL, List.of(applicationId), List.of(READ))
            .of(MONITOR, "shares the work among instances"),
        new Resources(TRANSACTIONAL_ID, PREFIXED, List.of(own), List.of(WRITE))
            .of(MONITOR, "commits what it read, knows and wrote as one"));
  }

  private void agents(List<Grant> grants) {
    for (String source : topics.sources()) {
      String role = AGENT + source.substring(topics.actions().length());
      grants.add(on(List.of(source), List.of(WRITE)).of(role, "tells its actions"));
      grants.add(
          on(List.of(topics.dispositions()), List.of(READ))
              .of(role, "learns what becomes of its proposals"));
    }
  }

  private void vetted(List<Grant> grants, String role, PatternType pattern, String own) {
    grants.add(
        on(List.of(topics.handovers()), List.of(READ))
            .of(role, "learns what is handed over to it"));
    grants.add(
        new Resources(GROUP, pattern, List.of(own), List.of(READ)).of(role, "keeps its place"));
  }

  private void reviewer(List<Grant> grants, String role, String own) {
    List<String> read =
        List.of(topics.escalations(), topics.waiting(), topics.verdicts(), topics.reviewers());
    grants.add(
        on(read, List.of(READ))
            .of(role, "reads what is asked, what is settled and who may answer"));
    grants.add(on(List.of(topics.verdicts()), List.of(WRITE)).of(role, "answers"));
    grants.add(
        new Resources(GROUP, PREFIXED, List.of(own), List.of(READ)).of(role, "keeps its place"));
    grants.add(
        new Resources(TRANSACTIONAL_ID, PREFIXED, List.of(own), List.of(WRITE))
            .of(role, "commits verdict and place as one"));
  }

  private List<Grant> reporter() {
    return List.of(
        on(List.of(topics.assessments(), topics.dispositions(), topics.reviewers()), List.of(READ))
            .of(REPORTER, "finds the action, and who may report"),
        on(List.of(topics.outcomes()), List.of(WRITE)).of(REPORTER, "reports"));
  }

  private List<Grant> registrar() {
    return List.of(
        on(List.of(topics.reviewers()), List.of(READ, WRITE))
            .of(REGISTRAR, "registers and revokes reviewers"),
        one(names.registrar()).of(REGISTRAR, "keeps two registrars apart"));
  }

  private List<Grant> issuer() {
    return List.of(
        on(List.of(topics.grants()), List.of(READ, WRITE)).of(ISSUER, "issues and revokes grants"),
        one(names.issuer()).of(ISSUER, "keeps two issuers apart"));
  }

  private List<Grant> publisher() {
    List<String> tried = new ArrayList<>(topics.sources());
    tried.add(topics.assessments());
    return List.of(
        on(tried, List.of(READ)).of(PUBLISHER, "tries a policy on recent actions"),
        on(List.of(topics.policies()), List.of(READ, WRITE)).of(PUBLISHER, "publishes policies"),
        one(names.publisher()).of(PUBLISHER, "keeps two publishers apart"));
  }

  private List<String> all() {
    return plan.stream().map(TopicPlan.Planned::name).toList();
  }

  private List<String> stamped() {
    return plan.stream().filter(TopicPlan.Planned::isStamped).map(TopicPlan.Planned::name).toList();
  }

  /** What the monitor reads. */
  private List<String> worked() {
    List<String> worked = new ArrayList<>(topics.sources());
    worked.addAll(
        List.of(
            topics.rekey(),
            topics.verdicts(),
            topics.outcomes(),
            topics.reviewers(),
            topics.grants(),
            topics.policies(),
            topics.exposure(),
            topics.prices(),
            topics.concentration(),
            topics.agentExposure(),
            topics.agentRecord()));
    return worked;
  }

  /** What the monitor writes: all that others do not. */
  private List<String> made() {
    List<String> made = new ArrayList<>(all());
    made.removeAll(topics.sources());
    made.removeAll(
        List.of(topics.outcomes(), topics.reviewers(), topics.grants(), topics.policies()));
    return made;
  }

  /** All but actions as they come. */
  private List<String> found() {
    List<String> found = new ArrayList<>(all());
    found.removeAll(topics.sources());
    found.remove(topics.rekey());
    return found;
  }

  /** A grant to whom, and what for, is still to be said. */
  private record Resources(
      ResourceType type, PatternType pattern, List<String> names, List<AclOperation> operations) {
    Grant of(String role, String purpose) {
      return new Grant(role, type, pattern, List.copyOf(names), operations, purpose);
    }
  }

  private static Resources on(List<String> topics, List<AclOperation> operations) {
    return new Resources(TOPIC, LITERAL, topics, operations);
  }

  private static Resources one(String transactionalId) {
    return new Resources(TRANSACTIONAL_ID, LITERAL, List.of(transactionalId), List.of(WRITE));
  }
}
