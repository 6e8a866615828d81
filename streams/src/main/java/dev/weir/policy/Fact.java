/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The variables of the policy language, each with its type, the view that it belongs to and the
 * claim that it rests on. Their names are dotted ({@code view.shell.sudo}), so that every one is
 * type-checked by itself and looked up without building a map.
 */
public enum Fact {
  /** The arguments, parsed. Test with {@code has(args.x)}: a missing key is an error. */
  ARGS("args", Type.ARGUMENTS),

  TOOL_NAME("tool.name", Type.STRING),
  /** The words of the tool's name, lower case: split at case, digits and punctuation. */
  TOOL_WORDS("tool.words", Type.STRINGS),
  /** The argument that names an operation (action, operation, method …), lower case, or "". */
  TOOL_OPERATION("tool.operation", Type.STRING),
  /** What the call does, by the lexicon: read, create, update, delete, send, pay, grant … */
  TOOL_VERBS("tool.verbs", Type.STRINGS),
  /** What it does it to, by the lexicon: file, account, credential, payment, monitoring … */
  TOOL_OBJECTS("tool.objects", Type.STRINGS),
  /** It has a verb that changes something. */
  TOOL_CHANGES("tool.changes", Type.BOOL),
  /** It has a verb that only reads, and none that changes. */
  TOOL_READS("tool.reads", Type.BOOL),
  TOOL_SERVER("tool.server", Claim.TOOL_SERVER),
  TOOL_TYPE("tool.type", Claim.TOOL_TYPE),
  TOOL_READ_ONLY("tool.read_only", Type.BOOL),
  TOOL_DESTRUCTIVE("tool.destructive", Type.BOOL),
  TOOL_IDEMPOTENT("tool.idempotent", Type.BOOL),
  TOOL_OPEN_WORLD("tool.open_world", Type.BOOL),

  ACTION_SOURCE("action.source", Type.STRING),
  /** PROPOSED, EXECUTED or OBSERVED. */
  ACTION_PHASE("action.phase", Claim.PHASE),
  /** PRODUCTION, STAGING, DEVELOPMENT or TEST. */
  ACTION_ENVIRONMENT("action.environment", Type.STRING),
  ACTION_TRUST("action.trust", Type.STRING),
  /** PRESENT, ABSENT, REDACTED or HASHED. */
  ACTION_ARGUMENTS("action.arguments", Type.STRING),
  /** True if the arguments are longer than the views read. */
  ACTION_CLIPPED("action.clipped", Type.BOOL),
  ACTION_COST("action.cost", Type.DOUBLE),
  ACTION_ATTRIBUTES("action.attributes", Claim.ATTRIBUTES),

  AGENT_ID("agent.id", Claim.AGENT_ID),
  AGENT_NAME("agent.name", Claim.AGENT_NAME),
  AGENT_MODEL("agent.model", Claim.AGENT_MODEL),
  AGENT_PROVIDER("agent.provider", Claim.AGENT_PROVIDER),
  AGENT_VERSION("agent.version", Claim.AGENT_VERSION),
  AGENT_PRINCIPAL("agent.principal", Claim.AGENT_PRINCIPAL),

  /** Actions of the task before this one. */
  TASK_ACTIONS("task.actions", Type.INT),
  TASK_MASS("task.mass", Type.DOUBLE),
  TASK_DECAYED_MASS("task.decayed_mass", Type.DOUBLE),
  TASK_MAX_RISK("task.max_risk", Type.DOUBLE),
  TASK_FIRST_SEEN_MS("task.first_seen_ms", Type.INT),
  TASK_LAST_SEEN_MS("task.last_seen_ms", Type.INT),

  OBJECTIVE_PRESENT("objective.present", Claim.OBJECTIVE, Type.BOOL),
  OBJECTIVE_ATTESTED("objective.attested", Claim.OBJECTIVE, Type.BOOL),
  /** The objective in NFKC and lower case. */
  OBJECTIVE_TEXT("objective.text", Claim.OBJECTIVE, Type.STRING),

  /** The objective names this kind of act, or there is no objective, or the kind is unknown. */
  OBJECTIVE_ACT("objective.act", Claim.OBJECTIVE, Type.BOOL),
  /** Its own words do, or it has no word for any act. */
  OBJECTIVE_SAYS("objective.says", Claim.OBJECTIVE, Type.BOOL),
  /** The objective names this kind of thing, or there is no objective, or the kind is unknown. */
  OBJECTIVE_THING("objective.thing", Claim.OBJECTIVE, Type.BOOL),
  /** The objective says to do what something else says. */
  OBJECTIVE_DELEGATES("objective.delegates", Claim.OBJECTIVE, Type.BOOL),

  /** How many things the action aims at: recipients, accounts, hosts, paths, ids, names. */
  PROVENANCE_TARGETS("provenance.targets", Claim.OBJECTIVE, Type.INT),
  /** Of those, the ones that the objective names. */
  PROVENANCE_NAMED("provenance.named", Claim.OBJECTIVE, Type.INT),
  /** The ones from a trusted result. */
  PROVENANCE_TRUSTED("provenance.trusted", Claim.OBJECTIVE, Type.INT),
  /** The ones from an untrusted result of something that the objective names. */
  PROVENANCE_DELEGATED("provenance.delegated", Claim.OBJECTIVE, Type.INT),
  /** The ones that the task has not met. */
  PROVENANCE_NOVEL("provenance.novel", Claim.OBJECTIVE, Type.INT),
  /** The ones from an untrusted result of something that the objective does not name. */
  PROVENANCE_UNTRUSTED("provenance.untrusted", Claim.OBJECTIVE, Type.INT),
  /** The ones from a passage that asks for something. */
  PROVENANCE_ORDERED("provenance.ordered", Claim.OBJECTIVE, Type.INT),
  /** The ones from a passage that tells an agent what to do. */
  PROVENANCE_INSTRUCTED("provenance.instructed", Claim.OBJECTIVE, Type.INT),
  /**
   * The most foreign origin of a target: none, objective, trusted, delegated, novel, untrusted,
   * ordered or instructed.
   */
  PROVENANCE_ORIGIN("provenance.origin", Claim.OBJECTIVE, Type.STRING),
  /** A target stood in a passage that tells an agent what to do. */
  PROVENANCE_TOLD("provenance.told", Claim.OBJECTIVE, Type.BOOL),
  /** A target stood in a passage that asks for something, and none in one that tells an agent. */
  PROVENANCE_ASKED("provenance.asked", Claim.OBJECTIVE, Type.BOOL),
  /** The most foreign target is untrusted. */
  PROVENANCE_FOREIGN("provenance.foreign", Claim.OBJECTIVE, Type.BOOL),
  /** The most foreign target is novel. */
  PROVENANCE_UNMET("provenance.unmet", Claim.OBJECTIVE, Type.BOOL),
  /** There are targets, and none is untrusted, asked for or told. */
  PROVENANCE_CLEAN("provenance.clean", Claim.OBJECTIVE, Type.BOOL),
  /** The same of targets that are addresses, handles or names. */
  PROVENANCE_RECIPIENT("provenance.recipient", Claim.OBJECTIVE, Type.STRING),
  /** The same of targets that are accounts, ids or numbers. */
  PROVENANCE_ACCOUNT("provenance.account", Claim.OBJECTIVE, Type.STRING),
  /** The same of targets that are hosts or web addresses. */
  PROVENANCE_HOST("provenance.host", Claim.OBJECTIVE, Type.STRING),
  /** The same of targets that are paths or file names. */
  PROVENANCE_PATH("provenance.path", Claim.OBJECTIVE, Type.STRING),
  /** The same of plain numbers that are no target. */
  PROVENANCE_AMOUNT("provenance.amount", Claim.OBJECTIVE, Type.STRING),
  /**
   * Share of the arguments' words and values that stood in passages that tell an agent what to do.
   */
  PROVENANCE_WORDS("provenance.words", Claim.OBJECTIVE, Type.DOUBLE),
  /**
   * Share of the arguments' values, targets or not, that stood in passages that ask for something
   * or tell an agent, and that the objective does not name.
   */
  PROVENANCE_PASSED("provenance.passed", Claim.OBJECTIVE, Type.DOUBLE),
  /** A passage tells an agent to do this kind of act. */
  PROVENANCE_KIND_INSTRUCTED("provenance.kind_instructed", Claim.OBJECTIVE, Type.BOOL),
  /** A passage asks for this kind of act. */
  PROVENANCE_KIND_ORDERED("provenance.kind_ordered", Claim.OBJECTIVE, Type.BOOL),
  /** How much the last results read like an order to an agent, halved with each action since. */
  PROVENANCE_HEAT("provenance.heat", Claim.OBJECTIVE, Type.DOUBLE),
  /** Values were met that could not be kept: what seems novel counts as untrusted. */
  PROVENANCE_SATURATED("provenance.saturated", Claim.OBJECTIVE, Type.BOOL),

  /** The task uses this tool for the first time. */
  NOVELTY_TOOL("novelty.tool", Claim.OBJECTIVE, Type.BOOL),
  /** Targets that the task aims at for the first time. */
  NOVELTY_TARGETS("novelty.targets", Claim.OBJECTIVE, Type.INT),

  /** Share of the arguments' words and values that the objective does not have. */
  DRIFT_DISTANCE("drift.distance", Claim.OBJECTIVE, Type.DOUBLE),
  /** Share of them that untrusted results have and the objective does not. */
  DRIFT_MET("drift.met", Claim.OBJECTIVE, Type.DOUBLE),

  /**
   * The shell view tells of command lines, and of what program text does as a command line could.
   */
  SHELL_PRESENT(View.SHELL, Type.BOOL),
  /** The line could not be read as a shell would. */
  SHELL_OPAQUE(View.SHELL, Type.BOOL),
  /** It runs what it makes up, and what that is cannot be seen. */
  SHELL_DYNAMIC(View.SHELL, Type.BOOL),
  /** A command's name is hidden: by quotes inside it, globs, codes, variables put together. */
  SHELL_OBFUSCATED(View.SHELL, Type.BOOL),
  SHELL_COMMANDS(View.SHELL, Type.STRINGS),
  SHELL_HOSTS(View.SHELL, Type.STRINGS),
  /** How many hosts are outside: neither this machine, nor a private network, nor own domains. */
  SHELL_EXTERNAL(View.SHELL, Type.INT),
  SHELL_PATHS(View.SHELL, Type.STRINGS),
  /** Database statements that the line hands to a client; the statement view reads them. */
  SHELL_STATEMENTS(View.SHELL, Type.STRINGS),
  SHELL_SUDO(View.SHELL, Type.BOOL),
  /** It acts on another machine or inside a pod. */
  SHELL_REMOTE(View.SHELL, Type.BOOL),
  /** It acts on all there is: --all, every host, a whole stack. */
  SHELL_EVERYTHING(View.SHELL, Type.BOOL),
  /** What it destroys has no way back: shredded, without last snapshot, keys destroyed. */
  SHELL_IRREVERSIBLE(View.SHELL, Type.BOOL),
  SHELL_DELETES(View.SHELL, Type.BOOL),
  SHELL_RECURSIVE(View.SHELL, Type.BOOL),
  /**
   * The weightiest thing deleted: scratch (can be made again), file, folder, tree (the whole work
   * at hand), system, root (of the machine or of a home), or "".
   */
  SHELL_DELETED(View.SHELL, Type.STRING),
  /** A recursive deletion of a root: of the file system, a home or a system folder. */
  SHELL_DELETES_ROOT(View.SHELL, Type.BOOL),
  SHELL_WIPES_DISK(View.SHELL, Type.BOOL),
  SHELL_DESTROYS_BACKUPS(View.SHELL, Type.BOOL),
  SHELL_WRITES(View.SHELL, Type.BOOL),
  SHELL_WRITES_SYSTEM(View.SHELL, Type.BOOL),
  SHELL_NETWORK(View.SHELL, Type.BOOL),
  /** Something stored here goes to another machine. */
  SHELL_UPLOADS(View.SHELL, Type.BOOL),
  /** Another machine is asked to change something: POST, PUT, PATCH, DELETE. */
  SHELL_POSTS(View.SHELL, Type.BOOL),
  SHELL_DELETES_REMOTE(View.SHELL, Type.BOOL),
  /** What is downloaded is run. */
  SHELL_DOWNLOAD_RUN(View.SHELL, Type.BOOL),
  /** What is decoded is run. */
  SHELL_DECODE_RUN(View.SHELL, Type.BOOL),
  SHELL_INLINE_CODE(View.SHELL, Type.BOOL),
  SHELL_INSTALLS(View.SHELL, Type.BOOL),
  /** What is installed is named by an address, or comes from an index of its own. */
  SHELL_INSTALLS_UNVETTED(View.SHELL, Type.BOOL),
  SHELL_REMOVES_SOFTWARE(View.SHELL, Type.BOOL),
  /** A package, image, release or model is published for others to use. */
  SHELL_PUBLISHES(View.SHELL, Type.BOOL),
  SHELL_PUSHES(View.SHELL, Type.BOOL),
  SHELL_MERGES(View.SHELL, Type.BOOL),
  /** History is overwritten: by force at the server, or by filters here. */
  SHELL_REWRITES(View.SHELL, Type.BOOL),
  /** Work that was not committed, or a local branch, is thrown away. */
  SHELL_DISCARDS(View.SHELL, Type.BOOL),
  SHELL_DESTROYS_REPOSITORY(View.SHELL, Type.BOOL),
  /** A service or container is stopped. */
  SHELL_STOPS(View.SHELL, Type.BOOL),
  SHELL_RESTARTS(View.SHELL, Type.BOOL),
  SHELL_ENDS_PROCESSES(View.SHELL, Type.BOOL),
  /** A machine is shut down or emptied. */
  SHELL_STOPS_MACHINE(View.SHELL, Type.BOOL),
  /** The machine's power is used up: fork bombs, miners, load generators. */
  SHELL_EXHAUSTS(View.SHELL, Type.BOOL),
  /** Files are opened to everybody, or rights on the system's own files are changed. */
  SHELL_PERMISSIONS(View.SHELL, Type.BOOL),
  /** A program gets its owner's rights or a capability, whoever starts it. */
  SHELL_ELEVATES(View.SHELL, Type.BOOL),
  SHELL_ACCOUNTS(View.SHELL, Type.BOOL),
  /** Somebody or something gets rights: administrator, role, key, membership. */
  SHELL_GRANTS(View.SHELL, Type.BOOL),
  /** Something private is opened to everybody. */
  SHELL_EXPOSES(View.SHELL, Type.BOOL),
  /** Something is left that runs or lets somebody in later: keys, cron, start-up files. */
  SHELL_PERSISTS(View.SHELL, Type.BOOL),
  SHELL_LISTENS(View.SHELL, Type.BOOL),
  /** A shell is handed to another machine. */
  SHELL_REMOTE_SHELL(View.SHELL, Type.BOOL),
  /** A container gets hold of the machine that it runs on. */
  SHELL_ESCAPES(View.SHELL, Type.BOOL),
  /** Scanners, crackers and other tools of attack. */
  SHELL_ATTACKS(View.SHELL, Type.BOOL),
  SHELL_READS_SECRETS(View.SHELL, Type.BOOL),
  SHELL_STORES_SECRETS(View.SHELL, Type.BOOL),
  /** Cloud, cluster or infrastructure resources are destroyed. */
  SHELL_DESTROYS_INFRASTRUCTURE(View.SHELL, Type.BOOL),
  SHELL_CHANGES_INFRASTRUCTURE(View.SHELL, Type.BOOL),
  /** Audit, monitoring, firewall or scanner is switched off. */
  SHELL_DISABLES_OVERSIGHT(View.SHELL, Type.BOOL),
  /** Logs or the record of commands are erased or no longer kept. */
  SHELL_ERASES_TRACES(View.SHELL, Type.BOOL),
  SHELL_TRAINS(View.SHELL, Type.BOOL),
  /** A model's weights are copied or sent. */
  SHELL_COPIES_WEIGHTS(View.SHELL, Type.BOOL),
  /** What goes to another machine is by its name about many persons. */
  SHELL_PERSONAL(View.SHELL, Type.BOOL),
  /** Every command only reads and prints. */
  SHELL_READS_ONLY(View.SHELL, Type.BOOL),
  SHELL_MARKS(View.SHELL, Type.INT),

  CODE_PRESENT(View.CODE, Type.BOOL),
  CODE_CALLS(View.CODE, Type.STRINGS),
  /** What its calls of two words or more do, by the lexicon of tools: delete, terminate, send. */
  CODE_DOES(View.CODE, Type.STRINGS),
  CODE_IMPORTS(View.CODE, Type.STRINGS),
  CODE_DELETES(View.CODE, Type.BOOL),
  CODE_WRITES(View.CODE, Type.BOOL),
  CODE_NETWORK(View.CODE, Type.BOOL),
  CODE_EXECUTES(View.CODE, Type.BOOL),
  CODE_UPLOADS(View.CODE, Type.BOOL),
  /** It runs or calls what it makes up, and what that is cannot be seen. */
  CODE_OPAQUE(View.CODE, Type.BOOL),

  SQL_PRESENT(View.SQL, Type.BOOL),
  SQL_OPAQUE(View.SQL, Type.BOOL),
  /** It runs a text that it makes up, and what that is cannot be seen. */
  SQL_DYNAMIC(View.SQL, Type.BOOL),
  /**
   * select, insert, update, delete, truncate, drop, alter, create, grant, revoke or other: of the
   * worst statement.
   */
  SQL_VERB(View.SQL, Type.STRING),
  /** Its condition selects: it is there and not 1=1 or its like. */
  SQL_HAS_WHERE(View.SQL, Type.BOOL),
  /** What is changed is named by a range of keys only. */
  SQL_RANGES(View.SQL, Type.BOOL),
  SQL_DDL(View.SQL, Type.BOOL),
  SQL_GRANT(View.SQL, Type.BOOL),
  SQL_TABLES(View.SQL, Type.STRINGS),
  SQL_STATEMENTS(View.SQL, Type.INT),
  /** What is made, changed or dropped: table, database, schema, index, view, user … */
  SQL_OBJECT(View.SQL, Type.STRING),
  /** The number after LIMIT or TOP; 0 where there is none. */
  SQL_LIMIT(View.SQL, Type.INT),
  /** Each change is of one row, by its key. */
  SQL_NARROW(View.SQL, Type.BOOL),
  /** It runs commands of the database's machine, or reaches its files or other servers. */
  SQL_LEAVES(View.SQL, Type.BOOL),
  /** It writes to a file or loads one: INTO OUTFILE, COPY, UNLOAD. */
  SQL_FILES(View.SQL, Type.BOOL),
  /** It names columns or tables of credentials. */
  SQL_SECRETS(View.SQL, Type.BOOL),
  /** It names columns or tables of people. */
  SQL_PERSONAL(View.SQL, Type.BOOL),

  URL_PRESENT(View.URL, Type.BOOL),
  URL_HOSTS(View.URL, Type.STRINGS),
  URL_EXTERNAL(View.URL, Type.INT),
  URL_RAW_IP(View.URL, Type.BOOL),
  URL_CREDENTIALS(View.URL, Type.BOOL),
  /** A cloud's metadata service, which hands out a machine's credentials. */
  URL_METADATA(View.URL, Type.BOOL),
  /** A host that passes for another: odd notation, mixed scripts, punycode, a host before the @. */
  URL_DECEPTIVE(View.URL, Type.BOOL),
  /** Of public hosts: shortener, paste, transfer, tunnel, collector, dynamic, hidden. */
  URL_KINDS(View.URL, Type.STRINGS),
  /** Characters of the longest query. */
  URL_QUERY(View.URL, Type.INT),

  MAIL_PRESENT(View.MAIL, Type.BOOL),
  /** Addresses under names such as to, recipients, participants. */
  MAIL_RECIPIENTS(View.MAIL, Type.INT),
  /** Of those, the ones outside the policy's domains; all, where it names none. */
  MAIL_EXTERNAL(View.MAIL, Type.INT),
  MAIL_ADDRESSES(View.MAIL, Type.STRINGS),
  /** How many domains the external ones are of. */
  MAIL_ORGANIZATIONS(View.MAIL, Type.INT),
  /** Addresses that stand for many: all@, staff@, customers@. */
  MAIL_LISTS(View.MAIL, Type.INT),

  PATH_PRESENT(View.PATH, Type.BOOL),
  PATH_PATHS(View.PATH, Type.STRINGS),
  PATH_SYSTEM(View.PATH, Type.BOOL),
  PATH_SECRET(View.PATH, Type.BOOL),
  PATH_HOME(View.PATH, Type.BOOL),
  PATH_STARTUP(View.PATH, Type.BOOL),
  PATH_TEMPORARY(View.PATH, Type.BOOL),
  /** It climbs out of where it starts. */
  PATH_TRAVERSAL(View.PATH, Type.BOOL),
  /** A whole tree: the file system's root, all homes, a system folder. */
  PATH_ROOT(View.PATH, Type.BOOL),
  PATH_LOG(View.PATH, Type.BOOL),
  /** What builds and releases by itself: workflows, pipelines, code owners. */
  PATH_WORKFLOW(View.PATH, Type.BOOL),

  MONEY_PRESENT(View.MONEY, Type.BOOL),
  /** The largest amount, in about dollars where the currency is known; or price times quantity. */
  MONEY_AMOUNT(View.MONEY, Type.DOUBLE),
  /** The same number as it is written, in whatever unit. */
  MONEY_STATED(View.MONEY, Type.DOUBLE),
  MONEY_CURRENCY(View.MONEY, Type.STRING),
  /** The largest share, in per cent. */
  MONEY_PERCENT(View.MONEY, Type.DOUBLE),

  SECRET_PRESENT(View.SECRET, Type.BOOL),
  SECRET_KEY(View.SECRET, Type.BOOL),
  SECRET_PASSWORD(View.SECRET, Type.BOOL),
  /** A one-time or security code, or a link that resets a password. */
  SECRET_CODE(View.SECRET, Type.BOOL),
  SECRET_CARD(View.SECRET, Type.BOOL),
  SECRET_IBAN(View.SECRET, Type.BOOL),
  /** Words of health, pay, law or identity documents. */
  SECRET_PERSONAL(View.SECRET, Type.BOOL),
  /** A number of a person by form: social security. */
  SECRET_NATIONAL_ID(View.SECRET, Type.BOOL),
  /** Credentials, card and account numbers, each where it stands. */
  SECRET_COUNT(View.SECRET, Type.INT),
  /** Lines of one text that each hold a person: an address or a private matter. */
  SECRET_PERSONS(View.SECRET, Type.INT),

  ENCODED_PRESENT(View.ENCODED, Type.BOOL),
  /** An encoded payload decodes to text; the other views have read that text too. */
  ENCODED_TEXT(View.ENCODED, Type.BOOL),
  /** Characters of the longest payload. */
  ENCODED_LENGTH(View.ENCODED, Type.INT),
  /** Payloads that decode to text, at most 8. */
  ENCODED_COUNT(View.ENCODED, Type.INT),
  /** Escapes (%41, backslash x41, &#65;) in one text, from 4. */
  ENCODED_ESCAPES(View.ENCODED, Type.INT),
  /** Characters inside words that do not show, and tags. */
  ENCODED_INVISIBLE(View.ENCODED, Type.INT),
  /** Characters that turn the direction of writing. */
  ENCODED_TURNING(View.ENCODED, Type.BOOL),
  /** A word of letters from several scripts that look alike. */
  ENCODED_MIXED(View.ENCODED, Type.BOOL),

  TARGETS_PRESENT(View.TARGETS, Type.BOOL),
  /** The length of the longest list among the arguments, also of one written in a text. */
  TARGETS_COUNT(View.TARGETS, Type.INT),
  /** A value that means all (*, all, everyone), or a filter that is empty. */
  TARGETS_ALL(View.TARGETS, Type.BOOL),
  /** The largest number under names such as limit, count, copies. */
  TARGETS_LIMIT(View.TARGETS, Type.INT),
  /** How many people, machines or things are reached, by a name (vehicles) or a short text. */
  TARGETS_AFFECTED(View.TARGETS, Type.INT),
  /** Values under names of people: to, recipients, users, channel. */
  TARGETS_PEOPLE(View.TARGETS, Type.INT),
  /** Of those, channels and their likes. */
  TARGETS_CHANNELS(View.TARGETS, Type.INT),
  /** A short value has a word of wide reach: nationwide, global, fleet, frontier. */
  TARGETS_WIDE(View.TARGETS, Type.BOOL),

  TEXT_PRESENT(View.TEXT, Type.BOOL),
  TEXT_LENGTH(View.TEXT, Type.INT),
  /** Words of the text, lower case, at most 400, each once. */
  TEXT_WORDS(View.TEXT, Type.STRINGS),

  ABOUT_PRESENT(View.ABOUT, Type.BOOL),
  /** Topics that words of the values belong to, by {@code topics.txt}. */
  ABOUT_TOPICS(View.ABOUT, Type.STRINGS),
  /**
   * Topics of what the action bears on: of the tool's name, the arguments' names and short values
   * that are no prose. What is only spoken of is not among them.
   */
  ABOUT_STAKES(View.ABOUT, Type.STRINGS),
  /** An argument takes off a check: skip_review: true, verified: false, inspection: waived. */
  ABOUT_LOOSENS(View.ABOUT, Type.BOOL),
  /** Kinds of things that the arguments' names speak of, by the lexicon of tools. */
  ABOUT_THINGS(View.ABOUT, Type.STRINGS),
  /** Topics of the values that name files, folders or stored things. */
  ABOUT_FILES(View.ABOUT, Type.STRINGS),
  /** Topics of the values that name who may do what: roles, visibility, scope. */
  ABOUT_ACCESS(View.ABOUT, Type.STRINGS),
  /** Topics of the values that name who is told: lists, segments, channels, recipients. */
  ABOUT_AUDIENCE(View.ABOUT, Type.STRINGS),
  /** The place that it names is for trying things out, and no value speaks of production. */
  ABOUT_TRIAL(View.ABOUT, Type.BOOL);

  /** The types of variables. */
  public enum Type {
    BOOL,
    INT,
    DOUBLE,
    STRING,
    STRINGS,
    ATTRIBUTES,
    ARGUMENTS;

    /** The value of a variable that has none. */
    public Object absent() {
      return switch (this) {
        case BOOL -> false;
        case INT -> 0L;
        case DOUBLE -> 0.0;
        case STRING -> "";
        case STRINGS -> List.of();
        case ATTRIBUTES, ARGUMENTS -> Map.of();
      };
    }
  }

  private static final Map<String, Fact> BY_NAME = new HashMap<>();

  static {
    for (Fact fact : values()) {
      BY_NAME.put(fact.cel, fact);
    }
  }

  private final String cel;
  private final Type type;
  private final @Nullable View view;
  private final @Nullable Claim claim;
  private final boolean evidence;

  Fact(String cel, Type type) {
    this.cel = cel;
    this.type = type;
    this.view = null;
    this.claim = null;
    this.evidence = false;
  }

  Fact(String cel, Claim claim) {
    this(cel, claim, claim == Claim.ATTRIBUTES ? Type.ATTRIBUTES : Type.STRING);
  }

  Fact(String cel, Claim claim, Type type) {
    this.cel = cel;
    this.type = type;
    this.view = null;
    this.claim = claim;
    this.evidence = isEvidence(cel);
  }

  Fact(View view, Type type) {
    String prefix = view.name().toLowerCase(Locale.ROOT);
    this.cel =
        "view." + prefix + "." + name().substring(prefix.length() + 1).toLowerCase(Locale.ROOT);
    this.type = type;
    this.view = view;
    this.claim = null;
    this.evidence = false;
  }

  private static boolean isEvidence(String cel) {
    return cel.startsWith("provenance.")
        || cel.startsWith("novelty.")
        || cel.startsWith("drift.")
        || cel.equals("objective.act")
        || cel.equals("objective.thing")
        || cel.equals("objective.says")
        || cel.equals("objective.delegates");
  }

  /** What it reads as where its claim is left out. */
  public Object absent() {
    return this == ACTION_PHASE ? "OBSERVED" : type.absent();
  }

  /** The variable's name in expressions. */
  public String cel() {
    return cel;
  }

  /** The variable's type. */
  public Type type() {
    return type;
  }

  /** The view that it belongs to, or null. */
  public @Nullable View view() {
    return view;
  }

  /** The claim that it rests on, or null. */
  public @Nullable Claim claim() {
    return claim;
  }

  /** Whether it says where values came from and what the objective asks: judged as one. */
  public boolean isEvidence() {
    return evidence;
  }

  /** The variable of this name, or null. */
  public static @Nullable Fact named(String cel) {
    return BY_NAME.get(cel);
  }
}
