/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import dev.weir.action.Action;
import dev.weir.budget.Clearance;
import dev.weir.event.Grant;
import dev.weir.event.GrantLack;
import dev.weir.event.MissingGrant;
import dev.weir.event.UsedGrant;
import dev.weir.policy.Attestable;
import dev.weir.policy.Policy;
import dev.weir.policy.publish.Ed25519;
import dev.weir.policy.publish.Signatory;
import dev.weir.score.TaskView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Which agent may perform which reserved class, as issuers have signed it. What is unsigned, by a
 * stranger, broken or not newer is refused, and what was there before stays. Times are broker time.
 *
 * <p>Invariant: an agent has a grant only where its source attests who it is. Who acts is else but
 * what a record says, and would let anybody take the place of one who was vetted.
 *
 * <p>Written by one thread, read by several. Reading the same record once more changes nothing, so
 * a restart fills it again from the topic.
 */
public final class Grants {
  private final RecordSignature<Grant> signatures;
  private final Map<String, Signatory> issuers;
  private final Map<String, Granted> byId = new ConcurrentHashMap<>();

  /** The same, by whom they let do what, and then in the order of ids. */
  private final Map<Subject, Map<String, Granted>> bySubject = new ConcurrentHashMap<>();

  /**
   * @param topic that grants are issued on
   * @param issuers who may, by name
   */
  public Grants(String topic, Map<String, Signatory> issuers) {
    this.signatures = RecordSignature.ofGrants(topic);
    this.issuers = Map.copyOf(issuers);
  }

  /** What was taken in, by a running number: of each id the last. */
  private final ConcurrentNavigableMap<Long, Granted> changes = new ConcurrentSkipListMap<>();

  /** Who may do what from when on. */
  private final ConcurrentNavigableMap<Start, Subject> starts = new ConcurrentSkipListMap<>();

  private final Map<String, Long> numbers = new HashMap<>();
  private long taken;

  /** When a grant begins to hold, epoch ms; no two are the same. */
  private record Start(long fromMs, String grantId) implements Comparable<Start> {
    private static final Comparator<Start> ORDER =
        Comparator.comparingLong(Start::fromMs).thenComparing(Start::grantId);

    static Start of(Grant grant) {
      return new Start(grant.getNotBefore().toEpochMilli(), grant.getGrantId());
    }

    /** Before all that begin then. */
    static Start first(long fromMs) {
      return new Start(fromMs, "");
    }

    @Override
    public int compareTo(Start other) {
      return ORDER.compare(this, other);
    }
  }

  /** Who may do what. */
  public record Subject(String source, String agentId, String actionClass) {
    static Subject of(Grant grant) {
      return new Subject(grant.getSource(), grant.getAgentId(), grant.getActionClass());
    }
  }

  /**
   * What grants are asked about.
   *
   * @param policy that scored it
   * @param task its task's state before it
   * @param atMs at which they must hold, epoch ms
   */
  public record Case(Policy policy, Action action, TaskView task, long atMs) {}

  /**
   * A grant that came, or was changed.
   *
   * @param number above that of all that came before
   * @param fromMs from when on it holds, epoch ms
   */
  public record Change(long number, Subject subject, long fromMs) {}

  /** What came after that number, in order, at most so many: of each grant the latest. */
  public List<Change> since(long number, int most) {
    return changes.tailMap(number, false).entrySet().stream()
        .limit(most)
        .map(
            entry -> {
              Grant grant = entry.getValue().record();
              return new Change(
                  entry.getKey(), Subject.of(grant), grant.getNotBefore().toEpochMilli());
            })
        .toList();
  }

  /** Whose grants begin to hold after the one time and by the other, epoch ms. */
  public Collection<Subject> beginning(long afterMs, long untilMs) {
    return starts.subMap(Start.first(afterMs + 1), Start.first(untilMs + 1)).values();
  }

  /** Whether one holds at that time, in epoch ms, under any condition. */
  public boolean holds(Subject subject, long ms) {
    return of(subject).stream().anyMatch(granted -> granted.lackAt(ms).isEmpty());
  }

  /** How many there are, those that do not hold any more too. */
  public int size() {
    return byId.size();
  }

  /**
   * What they say of an action of these reserved classes. Looks nothing up where there are none.
   */
  public Clearance of(List<String> reserved, Case of) {
    if (reserved.isEmpty()) {
      return Clearance.NONE;
    }
    Action action = of.action;
    List<UsedGrant> used = new ArrayList<>();
    List<MissingGrant> missing = new ArrayList<>();
    boolean attested = of.policy.attests(action.source(), Attestable.AGENT);
    for (String actionClass : reserved) {
      GrantLack lack = attested ? GrantLack.NO_GRANT : GrantLack.UNATTESTED;
      Granted holding = null;
      for (Granted granted : attested ? of(subject(action, actionClass)) : List.<Granted>of()) {
        Optional<GrantLack> found = granted.lack(of);
        if (found.isEmpty()) {
          holding = granted;
          break;
        }
        lack = nearest(lack, found.get());
      }
      if (holding == null) {
        missing.add(new MissingGrant(actionClass, lack));
      } else {
        used.add(holding.used());
      }
    }
    return new Clearance(used, missing);
  }

  private static Subject subject(Action action, String actionClass) {
    return new Subject(action.source(), action.event().getAgent().getId(), actionClass);
  }

  private Collection<Granted> of(Subject subject) {
    return bySubject.getOrDefault(subject, Map.of()).values();
  }

  /** The one that comes nearer to holding: they stand in this order. */
  private static GrantLack nearest(GrantLack one, GrantLack other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  /**
   * Whether an agent of that id has a grant of a class at that time, in epoch ms, on any source and
   * under any condition.
   */
  public boolean vetted(String agentId, String actionClass, long ms) {
    return byId.values().stream()
        .filter(granted -> granted.record().getAgentId().equals(agentId))
        .filter(granted -> granted.record().getActionClass().equals(actionClass))
        .anyMatch(granted -> granted.lackAt(ms).isEmpty());
  }

  /**
   * Takes in a record of the topic. Never throws.
   *
   * @param value the record as received
   * @param atMs when the broker appended it, epoch ms
   * @return what is wrong with it, in one line; empty if it counts
   */
  public Optional<String> take(String key, Grant grant, byte[] value, long atMs) {
    Optional<String> fault = GrantCheck.fault(grant);
    if (fault.isPresent()) {
      return fault;
    }
    if (!key.equals(grant.getGrantId())) {
      return Optional.of("it stands under another grant's key");
    }
    Signatory issuer = issuers.get(grant.getIssuer());
    if (issuer == null || !issuer.validAt(atMs)) {
      return Optional.of("it is by nobody whom grant.issuers lists for that time");
    }
    if (!Ed25519.id(issuer.key()).equals(grant.getIssuerKeyId())) {
      return Optional.of("it names another key of %s than grant.issuers".formatted(issuer.name()));
    }
    if (!signatures.verifies(value, issuer.key())) {
      return Optional.of("it is not signed by " + issuer.name());
    }
    Granted before = byId.get(key);
    if (before != null && isNotNewer(grant, before.record())) {
      return Optional.of(
          "its generation is not above %d".formatted(before.record().getGeneration()));
    }
    try {
      keep(before, Granted.of(grant, value));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of("its condition cannot be read: " + e.getMessage());
    }
  }

  /** Tells of the change last: who reads of it finds the grant, else nobody would look again. */
  private void keep(@Nullable Granted before, Granted granted) {
    String id = granted.record().getGrantId();
    Subject subject = Subject.of(granted.record());
    byId.put(id, granted);
    bySubject.computeIfAbsent(subject, s -> new ConcurrentSkipListMap<>()).put(id, granted);
    starts.put(Start.of(granted.record()), subject);
    if (before != null) {
      forget(before.record(), granted.record());
    }
    changes.put(++taken, granted);
    Long last = numbers.put(id, taken);
    if (last != null) {
      changes.remove(last);
    }
  }

  private void forget(Grant before, Grant now) {
    if (!Start.of(before).equals(Start.of(now))) {
      starts.remove(Start.of(before));
    }
    Subject subject = Subject.of(before);
    Map<String, Granted> others = bySubject.get(subject);
    if (others != null && !subject.equals(Subject.of(now))) {
      others.remove(before.getGrantId());
      if (others.isEmpty()) {
        bySubject.remove(subject);
      }
    }
  }

  private static boolean isNotNewer(Grant grant, Grant before) {
    return grant.getGeneration() <= before.getGeneration() && !grant.equals(before);
  }
}
