/*
 * SPDX-FileCopyrightText: The Weir Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.weir.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.config.AclPlan;
import dev.weir.config.Topics;
import dev.weir.config.WeirConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.utils.SecurityUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir topics acls}. */
@Command(
    name = "acls",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the least that each role may do, as kafka-acls.sh commands; asks no",
      "cluster. Roles: monitor; agent, and agent.NAME for each further source;",
      "reviewer, or reviewer.ID to keep each to groups and transactions of its own;",
      "vetted, beside agent, for who may be handed what others were denied, or vetted.ID",
      "to keep each to a group of its own; registrar, reporter, issuer, publisher,",
      "reader, operator. Brokers must deny what no ACL allows:",
      "allow.everyone.if.no.acl.found stays false."
    })
final class TopicsAclsCommand implements Callable<Integer> {
  private static final Pattern PLAIN = Pattern.compile("[\\w.:,=/@+-]+");

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Mixin private Bootstrap bootstrap = new Bootstrap();

  @Option(
      names = "--principal",
      paramLabel = "ROLE=TYPE:NAME",
      description =
          "Who has a role, as in agent.ci=User:ci-bot; again for several. A role that nobody is"
              + " given is User:PREFIX-ROLE's.")
  private List<String> principals = new ArrayList<>();

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Map<String, String> properties = bootstrap.properties();
    WeirConfig config = WeirConfig.of(properties);
    Map<String, List<String>> given = given();
    List<AclPlan.Grant> grants = plan(config, given).grants();
    check(given.keySet(), grants);
    Map<String, List<String>> holders = holders(config.topics(), given, grants);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(document(grants, holders)));
    } else {
      out.println("# admin.properties: client settings of one who may change ACLs");
      String start =
          "kafka-acls.sh --bootstrap-server %s --command-config admin.properties --add"
              .formatted(quoted(String.valueOf(config.kafka().get("bootstrap.servers"))));
      for (AclPlan.Grant grant : grants) {
        out.printf("%n# %s: %s%n", grant.role(), grant.purpose());
        for (String principal : holders.getOrDefault(grant.role(), List.of())) {
          out.println(start + " --allow-principal " + quoted(principal) + options(grant));
        }
      }
    }
    out.flush();
    return 0;
  }

  private static AclPlan plan(WeirConfig config, Map<String, List<String>> given) {
    return new AclPlan(
        config.topics(),
        config.getString(WeirConfig.APPLICATION_ID),
        ids(given, AclPlan.REVIEWER),
        ids(given, AclPlan.VETTED));
  }

  /** Of those who were given {@code role} under an id of their own. */
  private static List<String> ids(Map<String, List<String>> given, String role) {
    String start = role + '.';
    return given.keySet().stream()
        .filter(one -> one.startsWith(start) && one.length() > start.length())
        .map(one -> one.substring(start.length()))
        .toList();
  }

  /** Who was given each role. */
  private Map<String, List<String>> given() {
    Map<String, List<String>> given = new LinkedHashMap<>();
    for (String pair : principals) {
      int split = pair.indexOf('=');
      if (split < 1 || pair.chars().anyMatch(Character::isISOControl)) {
        throw new CommandFailedException("--principal is ROLE=TYPE:NAME, not " + pair);
      }
      String principal = pair.substring(split + 1);
      try {
        SecurityUtils.parseKafkaPrincipal(principal);
      } catch (IllegalArgumentException e) {
        throw new CommandFailedException(
            "--principal %s: %s is no principal, as User:NAME is".formatted(pair, principal));
      }
      given.computeIfAbsent(pair.substring(0, split), role -> new ArrayList<>()).add(principal);
    }
    return given;
  }

  private static void check(Iterable<String> given, List<AclPlan.Grant> grants) {
    List<String> roles = grants.stream().map(AclPlan.Grant::role).distinct().toList();
    for (String role : given) {
      if (!roles.contains(role)) {
        throw new CommandFailedException(
            "--principal: there is no role %s here; there is %s"
                .formatted(role, String.join(", ", roles)));
      }
    }
  }

  private static Map<String, List<String>> holders(
      Topics topics, Map<String, List<String>> given, List<AclPlan.Grant> grants) {
    Map<String, List<String>> holders = new LinkedHashMap<>(given);
    for (AclPlan.Grant grant : grants) {
      holders.putIfAbsent(grant.role(), List.of("User:" + topics.prefix() + '-' + grant.role()));
    }
    return holders;
  }

  private static String options(AclPlan.Grant grant) {
    StringBuilder options = new StringBuilder();
    for (AclOperation operation : grant.operations()) {
      options.append(" --operation ").append(SecurityUtils.operationName(operation));
    }
    if (grant.pattern() == PatternType.PREFIXED) {
      options.append(" --resource-pattern-type prefixed");
    }
    String resource = grant.type().name().toLowerCase(Locale.ROOT).replace('_', '-');
    for (String name : grant.names()) {
      options.append(" --").append(resource).append(' ').append(quoted(name));
    }
    return options.toString();
  }

  /** For a POSIX shell. */
  private static String quoted(String text) {
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  private static List<Map<String, Object>> document(
      List<AclPlan.Grant> grants, Map<String, List<String>> holders) {
    List<Map<String, Object>> document = new ArrayList<>();
    for (AclPlan.Grant grant : grants) {
      for (String principal : holders.getOrDefault(grant.role(), List.of())) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("role", grant.role());
        one.put("principal", principal);
        one.put("resource_type", grant.type());
        one.put("pattern_type", grant.pattern());
        one.put("names", grant.names());
        one.put("operations", grant.operations());
        one.put("purpose", grant.purpose());
        document.add(one);
      }
    }
    return document;
  }
}
