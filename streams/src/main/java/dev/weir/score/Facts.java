/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.score;

import static dev.weir.policy.Claim.OBJECTIVE;

import dev.weir.action.Action;
import dev.weir.event.ActionEvent;
import dev.weir.event.Agent;
import dev.weir.event.Environment;
import dev.weir.event.Phase;
import dev.weir.event.ToolAnnotations;
import dev.weir.policy.Attestable;
import dev.weir.policy.Claim;
import dev.weir.policy.Fact;
import dev.weir.policy.FactSource;
import dev.weir.policy.LowerCase;
import dev.weir.policy.Policy;
import dev.weir.policy.View;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What rules see of one action: the values of all variables, looked up by name. What the source may
 * not attest appears at its worst case, or, where it has none, can be hidden by {@link #hide}. One
 * thread.
 */
final class Facts implements FactSource {
  private static final Claim[] CLAIMS = Claim.values();

  /**
   * A bit beside the claims': the action's own objective is read, not the one that its task began
   * with. Open where both are declared, differ, and nobody attests one.
   */
  private static final int OWN = 1 << CLAIMS.length;

  private static final int LONG = 256;

  private final Policy policy;
  private final Action action;
  private final ActionEvent event;
  private final Set<Attestable> attested;
  private final TaskView task;
  private final StatedObjective objective;
  private final List<String> toolWords;
  private final Arguments arguments;
  private final Recall recall;
  private final Readings readings;
  private final int unattested;
  private final Deed deed;
  private final boolean changes;
  private final boolean reads;

  /** By identity: what is asked for is the same object each time. */
  private final IdentityHashMap<String, String> lowered = new IdentityHashMap<>(0);

  private int hidden;
  private @Nullable Map<String, Object> args;
  private @Nullable ActionValues values;
  private @Nullable Boolean recalled;
  private @Nullable Evidence guided;
  private @Nullable Evidence unguided;
  private @Nullable Evidence ownGuided;

  Facts(Policy policy, Action action, TaskView task) {
    this(policy, action, task, recall(task.trail().left()));
  }

  /** The same, after what earlier actions are taken to have left. */
  Facts(Policy policy, Action action, TaskView task, Recall recall) {
    this.policy = policy;
    this.action = action;
    this.event = action.event();
    this.attested = policy.attested(action.source());
    this.task = task;
    this.objective = StatedObjective.of(task, event.getObjective(), attests(Attestable.OBJECTIVE));
    Naming naming = Naming.of(event.getTool().getName());
    this.toolWords = naming.words();
    Arguments said = new Arguments(action.arguments());
    this.recall = recall;
    Handover handover = new Handover(said, toolWords, recall);
    this.arguments = handover.filled();
    this.readings = new Readings(arguments, toolWords, policy.domains(), handover);
    this.unattested = findUnattested();
    this.deed = Deed.of(naming, arguments);
    this.changes = deed.changes();
    this.reads = deed.reads();
  }

  /** The same action as if earlier ones had left nothing; what that does not change is shared. */
  Facts alone() {
    Readings alone = readings.alone();
    return alone == null ? new Facts(policy, action, task, Recall.NOTHING) : new Facts(this, alone);
  }

  private static Recall recall(Leftovers left) {
    return left.isEmpty() ? Recall.NOTHING : Recall.latest(left);
  }

  /** Whether what it recalls of earlier actions might have been something else. */
  boolean isDoubtful() {
    return recall.isDoubtful();
  }

  /** The same action as if one that changed what it recalls had not happened. */
  Facts otherwise() {
    return new Facts(policy, action, task, recall.otherwise());
  }

  private Facts(Facts other, Readings readings) {
    this.policy = other.policy;
    this.action = other.action;
    this.event = other.event;
    this.attested = other.attested;
    this.task = other.task;
    this.objective = other.objective;
    this.toolWords = other.toolWords;
    this.arguments = other.arguments;
    this.recall = other.recall;
    this.readings = readings;
    this.unattested = other.unattested;
    this.deed = other.deed;
    this.changes = other.changes;
    this.reads = other.reads;
    this.args = other.args;
    this.values = other.values;
    this.guided = other.guided;
    this.unguided = other.unguided;
    this.ownGuided = other.ownGuided;
  }

  /** Claims that are there, but not attested: a mask of {@link Claim#bit}. */
  int unattested() {
    return unattested & ~OWN;
  }

  /** Of these claims those that are there, but not attested, in all ways to {@link #hide} them. */
  int open(int claims) {
    int open = claims & unattested;
    return (open & OBJECTIVE.bit()) == 0 ? open : open | (unattested & OWN);
  }

  /** From now on these claims read as if they had been left out. */
  void hide(int claims) {
    hidden = claims;
  }

  List<String> toolWords() {
    return toolWords;
  }

  /** What the tool does, by category. */
  List<String> verbs() {
    return deed.verbs();
  }

  /** What it does it to, by category. */
  List<String> objects() {
    return deed.objects();
  }

  boolean present(View view) {
    return readings.present(view);
  }

  /** Whole values were not read. */
  boolean leftOut() {
    return arguments.leftOut();
  }

  /** The end of a program may not have been read. */
  boolean isProgramCut() {
    return arguments.clipped() && (present(View.SHELL) || present(View.CODE) || present(View.SQL));
  }

  /** Whether what earlier actions left changes what the views say; found out once. */
  boolean recalled() {
    Boolean known = recalled;
    if (known == null) {
      known = readings.recalled();
      recalled = known;
    }
    return known;
  }

  /** What the action leaves for later ones of its task. */
  List<Leftover> left() {
    return readings.left(changes);
  }

  /** The action's values, if they were asked for. */
  @Nullable ActionValues values() {
    return values;
  }

  /** The action's cost in cost units: as attested, else 1; in [0, 1000]. */
  double cost() {
    Double cost = event.getCost();
    if (cost == null || !Double.isFinite(cost) || !attests(Attestable.COST)) {
      return 1;
    }
    return Math.min(1_000, Math.max(0, cost));
  }

  @Override
  public Object value(Fact fact) {
    View view = fact.view();
    if (view != null) {
      return readings.value(view, fact);
    }
    if (fact.isEvidence()) {
      return evidence().value(fact);
    }
    Claim claim = fact.claim();
    if (claim != null && (hidden & claim.bit()) != 0) {
      return fact.absent();
    }
    return claim == OBJECTIVE ? objective(fact) : plain(fact);
  }

  /** Several rules ask for the same long texts: each is made once. */
  @Override
  public String lower(String text) {
    return text.length() < LONG ? LowerCase.of(text) : lowered.computeIfAbsent(text, LowerCase::of);
  }

  private Evidence evidence() {
    if ((hidden & OBJECTIVE.bit()) != 0) {
      unguided = unguided == null ? evidence("") : unguided;
      return unguided;
    } else if ((hidden & OWN) != 0) {
      ownGuided = ownGuided == null ? evidence(objective.own()) : ownGuided;
      return ownGuided;
    }
    guided = guided == null ? evidence(objective.text()) : guided;
    return guided;
  }

  private Evidence evidence(@Nullable String text) {
    ActionValues read =
        values == null ? new ActionValues(event.getTool().getName(), deed, arguments) : values;
    values = read;
    return new Evidence(read, task.trail(), purpose(text == null ? "" : text));
  }

  private Purpose purpose(String text) {
    boolean known = !text.isEmpty() && (hidden & OWN) == 0 && task.trail() instanceof Provenance;
    return known ? ((Provenance) task.trail()).purpose(text) : Purpose.of(text);
  }

  private Object plain(Fact fact) {
    return switch (fact) {
      case ARGS -> args();
      case TOOL_NAME -> event.getTool().getName();
      case TOOL_WORDS -> toolWords;
      case TOOL_OPERATION -> deed.operation();
      case TOOL_VERBS -> deed.verbs();
      case TOOL_OBJECTS -> deed.objects();
      case TOOL_CHANGES -> changes;
      case TOOL_READS -> reads;
      case TOOL_SERVER -> orEmpty(event.getTool().getServer());
      case TOOL_TYPE -> orEmpty(event.getTool().getType());
      case TOOL_READ_ONLY -> hint(hints().getReadOnlyHint(), false);
      case TOOL_DESTRUCTIVE -> hint(hints().getDestructiveHint(), true);
      case TOOL_IDEMPOTENT -> hint(hints().getIdempotentHint(), false);
      case TOOL_OPEN_WORLD -> hint(hints().getOpenWorldHint(), true);
      case ACTION_SOURCE -> action.source();
      case ACTION_PHASE -> event.getPhase().name();
      case ACTION_ENVIRONMENT -> environment().name();
      case ACTION_TRUST -> attests(Attestable.TRUST) ? event.getTrust().name() : "UNTRUSTED";
      case ACTION_ARGUMENTS -> event.getArgumentsState().name();
      case ACTION_CLIPPED -> arguments.clipped();
      case ACTION_COST -> cost();
      case ACTION_ATTRIBUTES -> event.getAttributes();
      case AGENT_ID -> event.getAgent().getId();
      case AGENT_NAME -> orEmpty(event.getAgent().getName());
      case AGENT_MODEL -> orEmpty(event.getAgent().getModel());
      case AGENT_PROVIDER -> orEmpty(event.getAgent().getProvider());
      case AGENT_VERSION -> orEmpty(event.getAgent().getVersion());
      case AGENT_PRINCIPAL -> orEmpty(event.getAgent().getPrincipal());
      case TASK_ACTIONS -> task.actions();
      case TASK_MASS -> task.mass();
      case TASK_DECAYED_MASS -> task.decayedMass();
      case TASK_MAX_RISK -> task.maxRisk();
      case TASK_FIRST_SEEN_MS -> task.firstSeenMs();
      case TASK_LAST_SEEN_MS -> task.lastSeenMs();
      default -> throw new IllegalStateException("no value for " + fact.cel());
    };
  }

  private boolean attests(Attestable what) {
    return attested.contains(what);
  }

  private int findUnattested() {
    Agent agent = event.getAgent();
    int there =
        bit(Claim.AGENT_ID, !agent.getId().isEmpty())
            | bit(Claim.AGENT_NAME, agent.getName() != null)
            | bit(Claim.AGENT_MODEL, agent.getModel() != null)
            | bit(Claim.AGENT_PROVIDER, agent.getProvider() != null)
            | bit(Claim.AGENT_VERSION, agent.getVersion() != null)
            | bit(Claim.AGENT_PRINCIPAL, agent.getPrincipal() != null)
            | bit(Claim.TOOL_SERVER, event.getTool().getServer() != null)
            | bit(Claim.TOOL_TYPE, event.getTool().getType() != null)
            | bit(OBJECTIVE, objective.open())
            | bit(Claim.ATTRIBUTES, !event.getAttributes().isEmpty())
            | bit(Claim.PHASE, event.getPhase() != Phase.OBSERVED);
    for (Claim claim : CLAIMS) {
      if (claim != OBJECTIVE && attests(claim.attestable())) {
        there &= ~claim.bit();
      }
    }
    return objective.another() ? there | OWN : there;
  }

  private static int bit(Claim claim, boolean there) {
    return there ? claim.bit() : 0;
  }

  private Object objective(Fact fact) {
    String text = (hidden & OWN) != 0 ? objective.own() : objective.text();
    boolean declared = text != null && !text.isBlank();
    return switch (fact) {
      case OBJECTIVE_PRESENT -> declared;
      case OBJECTIVE_ATTESTED -> declared && objective.attested();
      case OBJECTIVE_TEXT -> text == null ? "" : Words.normal(text);
      default -> throw new IllegalStateException("no value for " + fact.cel());
    };
  }

  /** Where the action takes effect, as attested; else in production. */
  Environment environment() {
    Environment declared = event.getEnvironment();
    boolean known = declared != Environment.UNKNOWN && attests(Attestable.ENVIRONMENT);
    return known ? declared : Environment.PRODUCTION;
  }

  private ToolAnnotations hints() {
    ToolAnnotations hints = event.getTool().getAnnotations();
    return hints == null ? new ToolAnnotations() : hints;
  }

  /** Hints count only of a server that the policy trusts, named by a source that may say so. */
  private boolean trustsServer() {
    String server = event.getTool().getServer();
    return server != null && policy.servers().contains(server) && attests(Attestable.ANNOTATIONS);
  }

  private boolean hint(@Nullable Boolean declared, boolean worst) {
    return (declared == null || !trustsServer()) ? worst : declared;
  }

  @Override
  public Map<String, ?> arguments() {
    return action.arguments();
  }

  private Map<String, Object> args() {
    Map<String, Object> map = args;
    if (map == null) {
      map = CelValues.of(action.arguments());
      args = map;
    }
    return map;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
