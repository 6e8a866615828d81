/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.action.Action;
import dev.weir.action.ActionDecoder;
import dev.weir.action.Digest;
import dev.weir.action.Limits;
import dev.weir.action.Origin;
import dev.weir.budget.Clearance;
import dev.weir.event.Grant;
import dev.weir.event.GrantLack;
import dev.weir.event.MissingGrant;
import dev.weir.event.UsedGrant;
import dev.weir.policy.Policy;
import dev.weir.policy.PolicyLoader;
import dev.weir.policy.publish.Ed25519;
import dev.weir.policy.publish.Signatory;
import dev.weir.score.PolicyScorer;
import dev.weir.score.Scored;
import dev.weir.score.TaskView;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Whom grants let do what, and which records are grants. */
class GrantsTest {
  private static final String GATEWAY = "weir.actions.gateway";
  private static final KeyPair STRANGER = Ed25519.generate();
  private static final Policy POLICY =
      PolicyLoader.load(
          "grants.yaml",
          """
          weir: 1
          id: grants
          version: "1"
          prior: -3
          unscorable: 6
          catastrophic: 7
          budget: {tax: 0.1}
          tiers:
            - {id: expert, cost: 100, assurance: 0.9, deadline: 1h}
          sources:
            weir.actions: {attests: []}
            weir.actions.gateway: {attests: [agent]}
            weir.actions.loose: {attests: [objective]}
          classes:
            ship: {prior: -3, reserved: true, because: customers rely on it}
            pay: {prior: -3, reserved: true, because: money leaves}
          rules:
            - {id: ship, tools: [ship], class: ship, adds: {service: 1}, because: x}
            - {id: pay, when: "'pay' in args", class: pay, adds: {money: 1}, because: x}
          """
              .getBytes(StandardCharsets.UTF_8));
  private static final PolicyScorer SCORER = new PolicyScorer(POLICY);

  private Grants grants = grants();

  private static Grants grants() {
    Signatory ida =
        new Signatory("ida", Issued.KEY.getPublic(), Instant.EPOCH, Instant.ofEpochMilli(5_000));
    return new Grants(Issued.TOPIC, Map.of("ida", ida));
  }

  private Optional<String> take(Grant grant) {
    return take(grant, 900);
  }

  private Optional<String> take(Grant grant, long atMs) {
    return grants.take(grant.getGrantId(), grant, Issued.CODEC.encode(grant), atMs);
  }

  private void issue(Consumer<Grant> change) {
    assertThat(take(Issued.grant(change))).isEmpty();
  }

  private Clearance of(String source, long atMs, String more) {
    return of(source, atMs, "ship", "{" + more + "}");
  }

  private Clearance of(String source, long atMs, String tool, String arguments) {
    Action action = action(source, atMs, tool, arguments);
    Scored scored = SCORER.score(action, TaskView.none());
    return grants.of(
        scored.reserved(),
        new Grants.Case(POLICY, action, TaskView.none(), action.origin().receivedMs()));
  }

  private static Action action(String source, long atMs, String tool, String arguments) {
    String json =
        """
        {"event_id": "e", "task_id": "t", "occurred_at": 1, "agent": {"id": "bot", "model": "m"},
         "tool": {"name": "%s"}, "arguments": %s, "attributes": {"ticket": "7"}}
        """
            .formatted(tool, arguments);
    return (Action)
        new ActionDecoder(Limits.DEFAULT)
            .decode(json.getBytes(StandardCharsets.UTF_8), new Origin(source, 0, 0, atMs));
  }

  private GrantLack lack(String source, long atMs) {
    Clearance clearance = of(source, atMs, "");
    assertThat(clearance.used()).isEmpty();
    assertThat(clearance.missing()).hasSize(1);
    return clearance.missing().get(0).getLack();
  }

  private boolean ships(long atMs) {
    return of(GATEWAY, atMs, "").missing().isEmpty();
  }

  @Test
  void shouldHoldFromItsBeginningOnAndBeforeItsEndWhenItIsInTime() {
    issue(g -> {});

    assertThat(lack(GATEWAY, 999)).isEqualTo(GrantLack.NOT_YET);
    assertThat(ships(1_000)).isTrue();
    assertThat(ships(1_999)).isTrue();
    assertThat(lack(GATEWAY, 2_000)).isEqualTo(GrantLack.EXPIRED);
  }

  @Test
  void shouldNameTheRecordWhenAGrantIsUsed() {
    Grant grant = Issued.grant(g -> g.setGeneration(7));
    assertThat(take(grant)).isEmpty();

    assertThat(of(GATEWAY, 1_500, "").used())
        .containsExactly(
            new UsedGrant(
                "g-1", "ship", 7L, ByteBuffer.wrap(Digest.of(Issued.CODEC.encode(grant)))));
  }

  @Test
  void shouldNotHoldFromItsRevocationOnWhenItIsRevoked() {
    issue(g -> {});
    issue(
        g -> {
          g.setGeneration(2);
          g.setRevokedAt(Instant.ofEpochMilli(1_500));
        });

    assertThat(ships(1_499)).isTrue();
    assertThat(lack(GATEWAY, 1_500)).isEqualTo(GrantLack.REVOKED);
    assertThat(take(Issued.grant(g -> {})))
        .hasValueSatisfying(fault -> assertThat(fault).contains("generation"));
  }

  @Test
  void shouldFollowTheNewRecordWhenItIsIssuedAgain() {
    issue(g -> {});
    issue(
        g -> {
          g.setGeneration(2);
          g.setAgentId("other");
        });

    assertThat(lack(GATEWAY, 1_500)).isEqualTo(GrantLack.NO_GRANT);
    assertThat(grants.size()).isEqualTo(1);
    assertThat(grants.vetted("other", "ship", 1_500)).isTrue();
    assertThat(grants.vetted("other", "ship", 2_000)).isFalse();
    assertThat(grants.vetted("other", "pay", 1_500)).isFalse();
    assertThat(grants.vetted("bot", "ship", 1_500)).isFalse();
  }

  /** Else who reads of it finds nothing, and never looks again. */
  @Test
  void shouldBeThereWhenAnotherThreadReadsThatItCame() throws Exception {
    int count = 2_000;
    Grants read = grants;
    CompletableFuture<List<Long>> lost =
        CompletableFuture.supplyAsync(
            () -> {
              List<Long> missed = new ArrayList<>();
              long seen = 0;
              while (seen < count) {
                for (Grants.Change change : read.since(seen, 10)) {
                  seen = change.number();
                  if (!read.holds(change.subject(), 1_500)) {
                    missed.add(seen);
                  }
                }
              }
              return missed;
            });
    for (int i = 0; i < count; i++) {
      String id = "g-" + i;
      issue(g -> set(g, id).setAgentId(id));
    }

    assertThat(lost.get(1, TimeUnit.MINUTES)).isEmpty();
  }

  @Test
  void shouldTellWhoseGrantsBeginInATime() {
    issue(g -> {});
    issue(g -> set(g, "g-2").setAgentId("two"));
    issue(g -> set(g, "g-3").setNotBefore(Instant.ofEpochMilli(1_001)));
    issue(
        g -> {
          set(g, "g-2").setAgentId("other");
          g.setGeneration(2);
        });

    assertThat(grants.beginning(999, 1_000))
        .extracting(Grants.Subject::agentId)
        .containsExactly("bot", "other");
    assertThat(grants.beginning(1_000, 1_001)).hasSize(1);
    assertThat(grants.beginning(1_001, 5_000)).isEmpty();
    issue(
        g -> {
          set(g, "g-3").setNotBefore(Instant.ofEpochMilli(1_002));
          g.setGeneration(2);
        });
    assertThat(grants.beginning(1_000, 1_001)).isEmpty();
    assertThat(grants.beginning(1_001, 1_002)).hasSize(1);
  }

  @Test
  void shouldNotHoldForAnotherAgentClassOrSource() {
    issue(g -> g.setAgentId("other"));
    assertThat(lack(GATEWAY, 1_500)).isEqualTo(GrantLack.NO_GRANT);
    issue(g -> set(g, "g-2").setActionClass("pay"));
    assertThat(lack(GATEWAY, 1_500)).isEqualTo(GrantLack.NO_GRANT);
    issue(g -> set(g, "g-3").setSource("weir.actions.other"));
    assertThat(lack(GATEWAY, 1_500)).isEqualTo(GrantLack.NO_GRANT);
  }

  private static Grant set(Grant grant, String id) {
    grant.setGrantId(id);
    return grant;
  }

  @Test
  void shouldGrantNothingWhereTheSourceDoesNotAttestWhoActs() {
    for (String source : List.of("weir.actions", "weir.actions.loose", "weir.actions.unknown")) {
      issue(g -> set(g, source).setSource(source));
      assertThat(lack(source, 1_500)).isEqualTo(GrantLack.UNATTESTED);
    }
  }

  @Test
  void shouldNeedAGrantOfEachWhenAnActionIsOfSeveralReservedClasses() {
    issue(g -> {});

    Clearance clearance = of(GATEWAY, 1_500, "\"pay\": 1");

    assertThat(clearance.used()).extracting(UsedGrant::getActionClass).containsExactly("ship");
    assertThat(clearance.missing()).containsExactly(new MissingGrant("pay", GrantLack.NO_GRANT));
    assertThat(of(GATEWAY, 1_500, "read", "{}")).isEqualTo(Clearance.NONE);
  }

  @Test
  void shouldTryOneAfterTheOtherWhenThereAreSeveral() {
    issue(g -> set(g, "a").setCondition("args.size < 3"));
    issue(g -> set(g, "b").setExpires(Instant.ofEpochMilli(1_200)));
    assertThat(lack(GATEWAY, 1_500)).as("no size is there").isEqualTo(GrantLack.CONDITION_FAILED);
    issue(g -> set(g, "c").setCondition(null));

    assertThat(of(GATEWAY, 1_500, "").used()).extracting(UsedGrant::getGrantId).containsOnly("c");
    assertThat(of(GATEWAY, 1_500, "\"size\": 2").used())
        .extracting(UsedGrant::getGrantId)
        .containsOnly("a");
    assertThat(of(GATEWAY, 1_100, "\"size\": 4").used())
        .extracting(UsedGrant::getGrantId)
        .containsOnly("b");
  }

  /** The gateway attests who acts, and no attributes. */
  @Test
  void shouldHoldOnlyWhateverIsNotAttestedWhenAConditionReadsIt() {
    issue(g -> g.setCondition("'ticket' in action.attributes"));
    assertThat(lack(GATEWAY, 1_500)).isEqualTo(GrantLack.CONDITION_UNMET);
    issue(g -> set(g, "g-2").setCondition("!('ticket' in action.attributes)"));
    assertThat(lack(GATEWAY, 1_500)).isEqualTo(GrantLack.CONDITION_UNMET);
    issue(g -> set(g, "g-3").setCondition("agent.model == 'm'"));
    assertThat(ships(1_500)).isTrue();
  }

  @Test
  void shouldRefuseAConditionThatIsNone() {
    assertThat(take(Issued.grant(g -> g.setCondition("tool.nam == 'x'"))))
        .hasValueSatisfying(fault -> assertThat(fault).contains("tool.name"));
    assertThat(take(Issued.grant(g -> g.setCondition("1 + 1")))).isPresent();
    assertThat(
            take(
                Issued.grant(
                    g ->
                        g.setCondition(
                            "agent.name + agent.model + agent.provider + agent.version"
                                + " == tool.server"))))
        .hasValueSatisfying(fault -> assertThat(fault).contains("attest"));
    assertThat(grants.size()).isZero();
  }

  @Test
  void shouldCountOnlyInTheTimeOfItsIssuerWhenItIsAppended() {
    assertThat(take(Issued.grant(g -> {}), 5_000))
        .hasValueSatisfying(fault -> assertThat(fault).contains("grant.issuers"));
    assertThat(take(Issued.grant(g -> {}), 4_999)).isEmpty();
  }

  @Test
  void shouldRefuseWhatIsNotSignedByWhoItSays() {
    Map<Grant, String> forged =
        Map.of(
            Issued.grant(STRANGER, g -> {}), "not signed by ida",
            Issued.grant(g -> g.setIssuer("mallory")), "nobody",
            Issued.grant(g -> g.setIssuerKeyId(Ed25519.id(STRANGER.getPublic()))), "another key");
    forged.forEach(
        (grant, fault) ->
            assertThat(take(grant)).hasValueSatisfying(f -> assertThat(f).contains(fault)));
    Grant grant = Issued.grant(g -> {});
    assertThat(grants.take("g-2", grant, Issued.CODEC.encode(grant), 900)).isPresent();
    assertThat(grants.size()).isZero();
  }

  private static final List<Consumer<Grant>> FAULTS =
      List.of(
          g -> g.setAgentId("other"),
          g -> g.setSource("weir.actions"),
          g -> g.setActionClass("pay"),
          g -> g.setCondition("false"),
          g -> g.setCondition("args.nothing == 1"),
          g -> g.setCondition("what?"),
          g -> g.setNotBefore(Instant.ofEpochMilli(1_501)),
          g -> g.setExpires(Instant.ofEpochMilli(1_500)),
          g -> g.setRevokedAt(Instant.ofEpochMilli(1_500)),
          g -> g.getVetting().setEvaluation(""),
          g -> g.getVetting().setDigest(ByteBuffer.allocate(0)),
          g -> g.setGeneration(0),
          g -> g.setIssuer("mallory"),
          g -> g.setIssuerKeyId("0011223344556677"));

  /** However many records there are that each have a fault: all is as if there were none. */
  @Property(tries = 300)
  void shouldLowerNothingWhenEveryGrantHasAFault(
      @ForAll @Size(max = 12) List<@IntRange(max = 14) Integer> faults) {
    grants = grants(); // tries share the instance
    Action shipment = action(GATEWAY, 1_500, "ship", "{}");
    Scored scored = SCORER.score(shipment, TaskView.none());
    for (int i = 0; i < faults.size(); i++) {
      String id = "g-" + i;
      int fault = faults.get(i);
      take(
          fault == FAULTS.size()
              ? Issued.grant(STRANGER, g -> set(g, id))
              : Issued.grant(g -> FAULTS.get(fault).accept(set(g, id))));
    }

    Clearance clearance =
        grants.of(
            scored.reserved(),
            new Grants.Case(POLICY, shipment, TaskView.none(), shipment.origin().receivedMs()));
    assertThat(clearance.used()).isEmpty();
    assertThat(clearance.missing())
        .extracting(MissingGrant::getActionClass)
        .containsExactly("ship");
    issue(g -> set(g, "good"));
    assertThat(ships(1_500)).as("one that has none holds beside them").isTrue();
  }

  /** Of a signed record no byte can be changed so that it still counts. */
  @Property(tries = 300)
  void shouldGrantNothingWhenAnyByteIsAnother(
      @ForAll @IntRange(max = 10_000) int at, @ForAll @IntRange(min = 1, max = 255) int flip) {
    byte[] value = Issued.CODEC.encode(Issued.grant(g -> g.setCondition(null)));
    value[at % value.length] ^= (byte) flip;
    Grant read;
    try {
      read = Issued.CODEC.decode(value);
    } catch (RuntimeException e) {
      return; // what cannot be read grants nothing
    }

    assertThat(grants.take(read.getGrantId(), read, value, 900)).isPresent();
    assertThat(ships(1_500)).isFalse();
  }
}
